package store

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
)

// Code names why something failed. It is an error that callers test for with
// errors.Is; the sentence for it is made where a person reads it.
type Code string

// Error is the code, for logs.
func (c Code) Error() string { return string(c) }

// Reason gives the code, which needs no arguments.
func (c Code) Reason() (code string, args []string) { return string(c), nil }

// Of returns the code with the names and numbers that its sentence needs.
func (c Code) Of(args ...any) *Fault {
	f := &Fault{Code: c}
	for _, a := range args {
		f.Args = append(f.Args, fmt.Sprint(a))
	}
	return f
}

// By returns the code with its cause.
func (c Code) By(cause error) *Fault { return c.Of().By(cause) }

// Fault is a failure with its particulars. errors.Is finds its code and its cause.
type Fault struct {
	Code  Code
	Args  []string
	Cause error // nil for none
}

// By returns the fault with its cause.
func (f *Fault) By(cause error) *Fault { return &Fault{f.Code, f.Args, cause} }

// Error gives the code, its arguments and the cause, for logs.
func (f *Fault) Error() string {
	text := strings.Join(append([]string{string(f.Code)}, f.Args...), " ")
	if f.Cause != nil {
		text += ": " + f.Cause.Error()
	}
	return text
}

// Reason gives the code and its arguments.
func (f *Fault) Reason() (code string, args []string) { return string(f.Code), f.Args }

// Is reports whether target is the fault's code.
func (f *Fault) Is(target error) bool { return target == error(f.Code) }

// Unwrap gives the cause.
func (f *Fault) Unwrap() error { return f.Cause }

// Asked has an error of the system name what a person asked for, where it names the part that is written before it gets that name: a file,
// or a folder with what is in it. Of a part that could not be made ("") the name is not known.
func Asked(err error, part, name string) error {
	var at *fs.PathError
	if errors.As(err, &at) {
		switch within, is := strings.CutPrefix(at.Path, part); {
		case part == "":
			at.Path = name
		case is:
			at.Path = name + within
		}
	}
	return err
}
