package hall

import (
	"math"
	"strconv"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"pingyi/meeting"
)

// How often one voter may cast a ballot. Every ballot is sealed, or its proofs
// are checked, and it stays in the log for good; nobody changes their mind as
// often as this.
const (
	castsAtOnce = 20
	castEvery   = 30 * time.Second // one more
)

// voters lets each voter cast one ballot at a time, and not without end. It is
// safe for concurrent use.
type voters struct {
	mu  sync.Mutex
	all map[meeting.MemberID]*voter
}

type voter struct {
	sync.Mutex // held while a ballot is cast
	casts      *rate.Limiter
}

// casts waits until who casts no other ballot. It returns what is to be called
// when theirs is cast, or a refusal that says how long to wait.
func (v *voters) casts(who meeting.MemberID, now time.Time) (done func(), no *meeting.Refusal) {
	v.mu.Lock()
	if v.all[who] == nil {
		v.all[who] = &voter{casts: rate.NewLimiter(rate.Every(castEvery), castsAtOnce)}
	}
	one := v.all[who]
	v.mu.Unlock()
	one.Lock()
	r := one.casts.ReserveN(now, 1)
	if wait := r.DelayFrom(now); wait > 0 {
		r.CancelAt(now)
		one.Unlock()
		return nil, &meeting.Refusal{Code: meeting.CastTooOften, Args: []string{strconv.Itoa(int(math.Ceil(wait.Seconds())))}}
	}
	return one.Unlock, nil
}
