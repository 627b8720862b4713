package meeting

import "time"

// OwnPart is what the log has of one person for that person: what they handed
// in, and what the minutes say of them.
type OwnPart struct {
	Attendance Attendance
	ReadOut    bool             // the written material of somebody absent was read out
	Speaking   SpeakingTime     // how often and how long they had the floor
	Round      Round            // what they said of themself, and others of them
	Given      []NumberedSpeech // their criticism of others; spoken ones have no text
	SelfRating Grade            // "" for none
	Receipt    string           // of the ballot that counts; "" for none
	Times      int              // how often they cast
	Checked    bool             // they have found the receipt on the board
	Notes      []Note           // what they wrote into the minutes
	Records    []Record         // their own records of all kinds, as far as they are written
	WrittenOut []WritingOut     // when their private text was written into a folder
	Opinion    string           // 本人意见 on the feedback
}

// Own returns a person's own part of the meeting.
func (s *State) Own(who MemberID, now time.Time) OwnPart {
	own := OwnPart{
		Attendance: s.Attendance.Of(who), Speaking: s.SpeakingTime(who, now), SelfRating: s.SelfRatings.Of(who).Grade, Opinion: s.Hearings.Of(who).Opinion,
	}
	own.Round, _ = s.Round(who)
	own.ReadOut = own.Attendance.Written && !own.Attendance.Present && own.Round.Spoke
	for _, w := range s.Speeches(who) {
		if w.From == who && w.ID.Kind == CriticismSpeech {
			own.Given = append(own.Given, w)
		}
	}
	if v := s.Vote(); v != nil && v.State != BoxVoid {
		if box, issued := v.BoxOf(who); issued {
			slip := box.Returned.Of(who)
			own.Receipt, own.Times, own.Checked = slip.Receipt, slip.Times, v.Checked.Of(who)
		}
	}
	for _, n := range s.Notes {
		if n.By == who {
			own.Notes = append(own.Notes, n)
		}
	}
	for _, f := range Forms() {
		for _, r := range s.ownRecords(who, f) {
			if r.Rev > 0 {
				own.Records = append(own.Records, r)
			}
		}
	}
	own.WrittenOut = s.WrittenOutOf(who)
	return own
}
