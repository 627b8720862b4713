package tui

import (
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"
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

// Who is asked must not mistake one answer for the other: 是，回去 and 不，回去
// are the same but for one character.
func TestTheTwoAnswersToAQuestionDiffer(t *testing.T) {
	yes := regexp.MustCompile(`\.Yes[A-Z]?|Yes$|^Step\.(Unobjected|InWriting|BoxStays)$|^Rehearsal\.(Begin|End)$`)
	rest := func(answer string) string {
		for _, comma := range []string{"，", ", ", ": "} {
			if _, after, found := strings.Cut(answer, comma); found {
				return after
			}
		}
		return answer
	}
	for _, w := range languages {
		no, questions := w.Common.NoBack, 0
		for at, text := range phrasesOf(w) {
			if !yes.MatchString(at) {
				continue
			}
			questions++
			if []rune(text)[0] == []rune(no)[0] || strings.HasPrefix(rest(text), rest(no)) || strings.HasPrefix(rest(no), rest(text)) {
				t.Errorf("%s: %s: %q or %q", w.Lang, at, text, no)
			}
		}
		if questions < 20 {
			t.Errorf("%s: only %d questions", w.Lang, questions)
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
