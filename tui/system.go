package tui

import (
	"errors"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"pingyi/tui/draw"
)

// Cause returns an error with its causes as a part of a sentence, for the person
// who runs the server: what the operating system refuses in the words that say
// what to do, the rest in the system's own.
func (w *Words) Cause(err error) string { return w.because(err) }

// system is what an error of the operating system is called.
func (w *Words) system(err error) string {
	text := strings.TrimSpace(draw.Clean(err.Error()))
	var at *fs.PathError
	if moved := new(os.LinkError); errors.As(err, &moved) { // a rename: the new name is the one that somebody knows
		at = &fs.PathError{Op: moved.Op, Path: moved.New, Err: moved.Err}
	} else if !errors.As(err, &at) {
		if said := w.network(err); said != "" {
			return said
		}
		return text
	}
	name := draw.Drawable(filepath.Clean(at.Path))
	switch {
	case errors.Is(err, syscall.EROFS):
		return w.System.ReadOnly.of(name)
	case errors.Is(err, fs.ErrPermission):
		return w.System.NoPermission.of(name)
	case errors.Is(err, syscall.ENOTDIR):
		return w.System.NotFolder.of(name)
	case errors.Is(err, syscall.EISDIR), errors.Is(at.Err, fs.ErrInvalid):
		return w.System.NotFile.of(name)
	case errors.Is(err, fs.ErrNotExist):
		return w.System.NotThere.of(name)
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return w.System.Full.of(name)
	case errors.Is(err, syscall.EFBIG):
		return w.System.TooLong.of(name)
	case errors.Is(err, syscall.EIO), errors.Is(err, syscall.ENXIO), errors.Is(err, syscall.ENODEV):
		return w.System.Failing.of(name)
	case errors.Is(err, syscall.EBUSY), errors.Is(err, syscall.ETXTBSY):
		return w.System.Busy.of(name)
	case errors.Is(err, syscall.ELOOP):
		return w.System.Loop.of(name)
	case errors.Is(err, syscall.EMFILE), errors.Is(err, syscall.ENFILE):
		return w.System.ManyFiles.of(name)
	case errors.Is(err, syscall.ENAMETOOLONG):
		return w.System.LongName.of(name)
	}
	return text
}

// network is what an error on the way to another program is called, "" any other.
func (w *Words) network(err error) string {
	var unknown *net.DNSError
	var op *net.OpError
	switch {
	case errors.As(err, &unknown):
		return w.System.NoHost.of(draw.Drawable(unknown.Name))
	case !errors.As(err, &op) || op.Addr == nil:
		return ""
	}
	switch addr := draw.Drawable(op.Addr.String()); {
	case op.Timeout():
		return w.System.NoAnswer.of(addr)
	case errors.Is(err, syscall.ECONNREFUSED):
		return w.System.NobodyThere.of(addr)
	case errors.Is(err, syscall.ENETUNREACH), errors.Is(err, syscall.EHOSTUNREACH):
		return w.System.NoWay.of(addr)
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		return w.System.HungUp.of(addr)
	}
	return ""
}
