package ballot

import (
	"strconv"
	"unicode/utf8"
)

// A Question is one homomorphic question (spec §4.9.1): only the sums of its answers are ever revealed.
// In a meeting it is one subject, its answers are the grades, and Min 0, Max 1 allows 弃权.
type Question struct {
	Question string
	Answers  []string
	Min, Max int   // how many answers may be chosen
	Blank    *bool // as in the record: absent, or whether a blank vote may be cast instead
}

func (q *Question) blank() bool { return q.Blank != nil && *q.Blank }

// choices is the number of ciphertexts in an answer: one per answer, and one before them for a blank vote.
func (q *Question) choices() int {
	if q.blank() {
		return len(q.Answers) + 1
	}
	return len(q.Answers)
}

// overall is the number of branches of the overall proof.
func (q *Question) overall() int {
	if q.blank() {
		return q.Max - q.Min + 2
	}
	return q.Max - q.Min + 1
}

func (q *Question) validate() error {
	if len(q.Answers) == 0 || len(q.Answers) > maxAnswers || q.Min < 0 || q.Min > q.Max || q.Max > len(q.Answers) {
		return refuse(BadSetup, "")
	}
	for _, text := range append([]string{q.Question}, q.Answers...) {
		if !utf8.ValidString(text) {
			return refuse(BadSetup, "")
		}
	}
	return nil
}

func (q Question) clone() Question {
	q.Answers = append([]string(nil), q.Answers...)
	if q.Blank != nil {
		blank := *q.Blank
		q.Blank = &blank
	}
	return q
}

func appendQuestion(dst []byte, q Question) []byte {
	dst = append(dst, `{"answers":`...)
	dst = appendList(dst, q.Answers, appendString)
	if q.Blank != nil {
		dst = append(dst, `,"blank":`...)
		dst = strconv.AppendBool(dst, *q.Blank)
	}
	dst = append(dst, `,"min":`...)
	dst = strconv.AppendInt(dst, int64(q.Min), 10)
	dst = append(dst, `,"max":`...)
	dst = strconv.AppendInt(dst, int64(q.Max), 10)
	dst = append(dst, `,"question":`...)
	dst = appendString(dst, q.Question)
	return append(dst, '}')
}

func (s *scanner) question() (q Question) {
	if s.accept(`{"type":`) {
		s.fail(Unsupported) // non-homomorphic questions reveal every single answer
		return q
	}
	s.expect(`{"answers":`)
	s.list(maxAnswers, func() { q.Answers = append(q.Answers, s.text()) })
	if s.accept(`,"blank":`) {
		blank := s.accept("true")
		if !blank {
			s.expect("false")
		}
		q.Blank = &blank
	}
	s.expect(`,"min":`)
	q.Min = s.integer()
	s.expect(`,"max":`)
	q.Max = s.integer()
	s.expect(`,"question":`)
	q.Question = s.text()
	s.expect(`}`)
	return q
}
