package meeting

import "time"

// BadZone refuses what is no time zone.
const BadZone Code = "bad-zone" // zone

// china is the time zone of a branch that names none.
var china = time.FixedZone("UTC+8", 8*60*60)

// Location is the time zone in which papers and screens write a branch's times,
// whatever that of the machine is. A zone that can't be read is China's.
func (b Branch) Location() *time.Location {
	if zone, ok := zoneOf(b.Zone); ok {
		return zone
	}
	return china
}

// CheckZone refuses what is not written like +08:00. "" is China's zone.
func CheckZone(zone string) *Refusal {
	_, ok := zoneOf(zone)
	return need(ok, BadZone, zone)
}

func zoneOf(text string) (zone *time.Location, ok bool) {
	if text == "" {
		return china, true
	}
	at, err := time.Parse("-07:00", text)
	if err != nil {
		return nil, false
	}
	_, east := at.Zone()
	if east < -12*60*60 || east > 14*60*60 {
		return nil, false
	}
	return time.FixedZone("UTC"+text, east), true
}
