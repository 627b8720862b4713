package tui

import (
	"maps"
	"reflect"
	"regexp"
	"slices"
	"testing"
)

// languages are all that the screens speak.
var languages = []*Words{chinese, english}

// phrasesOf lists every phrase of a language by its place, as Ballot.Invite or
// Actions[vote].
func phrasesOf(w *Words) map[string]string {
	all := map[string]string{}
	var walk func(at string, v reflect.Value)
	walk = func(at string, v reflect.Value) {
		switch v.Kind() {
		case reflect.Struct:
			for i := range v.NumField() {
				name := v.Type().Field(i).Name
				if at != "" {
					name = at + "." + name
				}
				walk(name, v.Field(i))
			}
		case reflect.Map:
			for _, k := range v.MapKeys() {
				walk(at+"["+k.String()+"]", v.MapIndex(k))
			}
		default:
			all[at] = v.String()
		}
	}
	walk("", reflect.ValueOf(*w))
	return all
}

var places = regexp.MustCompile(`\{\d\}`)

func TestNoPhraseIsMissingInAnyLanguage(t *testing.T) {
	mother := phrasesOf(chinese)
	for _, w := range languages {
		for at, text := range phrasesOf(w) {
			if text == "" && mother[at] != "" {
				t.Errorf("%s: %s is missing", w.Lang, at)
			}
		}
		for at, text := range mother {
			other, has := phrasesOf(w)[at]
			if !has {
				t.Errorf("%s: %s is missing", w.Lang, at)
			}
			want, got := places.FindAllString(text, -1), places.FindAllString(other, -1)
			if slices.Sort(want); !slices.Equal(want, slices.Sorted(slices.Values(got))) {
				t.Errorf("%s: %s puts in %v and not %v: %q", w.Lang, at, got, want, other)
			}
		}
	}
}

func TestNoPhraseHasACharacterOfUncertainWidth(t *testing.T) {
	for _, w := range languages {
		for at, text := range phrasesOf(w) {
			if ambiguous(text) != "" {
				t.Errorf("%s: %s has %q: %q", w.Lang, at, ambiguous(text), text)
			}
		}
	}
}

func TestWhatIsPutIntoAPhraseStandsAsItIs(t *testing.T) {
	if got := phrase("{2}：{1}").of("{2}", 7); got != "7：{2}" {
		t.Errorf("got %q", got)
	}
	keys := slices.Collect(maps.Keys(english.Terms))
	if len(keys) == 0 {
		t.Fatal("English has no terms")
	}
}
