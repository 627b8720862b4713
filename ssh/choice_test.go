package ssh

import (
	"reflect"
	"strings"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

// slipRules are the rules of a slip for m01, m02, m03 and the committee.
var slipRules = &preset.Rules{
	Grades: []string{"优秀", "合格", "基本合格", "不合格"},
	Vote:   preset.Vote{BranchScale: []string{"好", "较好", "差"}},
}

func readSlip(data string) (meeting.Choices, error) {
	return readChoices([]byte(data), []meeting.MemberID{"m01", "m02", "m03"}, slipRules)
}

func TestADigitStandsForAGrade(t *testing.T) {
	for digits, names := range map[string]string{
		`{"m01":1,"m02":4,"m03":0}`: `{"m01":"优秀","m02":"不合格","m03":null}`,
		`{"m03":2,"committee":3}`:   `{"m03":"合格","committee":"差"}`,
		`{"committee":0}`:           `{}`,
		"{\"m01\":3}  \n  ":         `{"m01":"基本合格"}`,
	} {
		got, err := readSlip(digits)
		want, no := readSlip(names)
		if err != nil || no != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s is %v %v, want %v %v", digits, got, err, want, no)
		}
	}
}

func TestADigitThatIsNoGradeIsRefusedAndNotRepeated(t *testing.T) {
	for _, digit := range []string{"5", "-1", "1.5", "1e30", "true", `""`, "[1]"} {
		for key, most := range map[string]string{"m02": "4", "committee": "3"} {
			wrong := digit
			if key == "committee" && digit == "5" {
				wrong = "4"
			}
			_, err := readSlip(`{"m01":1,"` + key + `":` + wrong + `}`)
			if err == nil || !strings.HasPrefix(err.Error(), "选票没有收下：第 2 项的等次应当是 1 到 "+most+"、弃权 0") {
				t.Errorf("%s: %s gives %v", key, wrong, err)
			}
		}
	}
}

// Where the rules ask nothing about the committee an entry for it is named as what
// has to go.
func TestACommitteeThatIsNotAskedAboutIsRefused(t *testing.T) {
	_, err := readChoices([]byte(`{"m01":1,"committee":1}`), []meeting.MemberID{"m01"}, &preset.Rules{Grades: slipRules.Grades})
	if err == nil || !strings.Contains(err.Error(), "不评班子，请去掉第 2 项") {
		t.Errorf("%v", err)
	}
}
