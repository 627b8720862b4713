package tui

import (
	"errors"
	"strings"
)

// fault is an error of the packages around the meeting that a person may read.
// Its code has a sentence in every language, which needs the args. It wraps its
// cause.
type fault interface {
	error
	Reason() (code string, args []string)
}

// twin is a phrase in both languages.
type twin struct{ chinese, english string }

func (w *Words) pick(t twin) string {
	if w == english {
		return t.english
	}
	return t.chinese
}

// faults returns the sentences of all codes, by noun, without full stops.
func faults() []map[string]twin {
	return []map[string]twin{rosterFaults, conductFaults, presetFaults, orgFaults, sheetFaults, folderFaults, backupFaults, archiveFaults, storeFaults, boltFaults, etcdFaults, voterFaults}
}

// faultOf returns the outermost fault of err that has a sentence, with the
// sentence. ok is false if there is none.
func (w *Words) faultOf(err error) (f fault, text string, ok bool) {
	if !errors.As(err, &f) {
		return nil, "", false
	}
	text, ok = w.faultText(f.Reason())
	return f, text, ok
}

// faultText fills the sentence of a code.
func (w *Words) faultText(code string, args []string) (text string, ok bool) {
	for _, noun := range faults() {
		if t, ok := noun[code]; ok {
			return fill(w.pick(t), cleaned(args)), true
		}
	}
	return "", false
}

// Explain is [Words.Say] for the person who runs the server. It adds the cause
// of an error, in the system's words.
func (w *Words) Explain(err error) string {
	if _, _, known := w.faultOf(err); known {
		return w.stopped(w.because(err))
	}
	if text := w.Say(err); text != w.Common.NotRecorded {
		return text
	}
	return w.Common.Failed.of(w.because(err))
}

// stopped ends a text with a full stop.
func (w *Words) stopped(text string) string {
	return strings.TrimSuffix(text, w.Common.Stop) + w.Common.Stop
}

// because returns an error with its causes, as a part of a sentence.
func (w *Words) because(err error) string {
	f, text, known := w.faultOf(err)
	if !known {
		return w.system(err)
	}
	if cause := errors.Unwrap(f); cause != nil {
		return w.Common.Because.of(text, w.because(cause))
	}
	return text
}
