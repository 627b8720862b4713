package tui

// callWords tell somebody on a page of their own that they are called.
type callWords struct {
	Speak, Rate, SpeakDown, RateDown, SpeakPlain, RatePlain phrase
	PutDown                                                 string
}

var callChinese = callWords{
	Speak:      "请你发言 {1}，⟦press esc⟧ 返回。",
	Rate:       "现在请你自评，⟦press esc⟧ 返回。",
	SpeakDown:  "请你发言 {1}，⟦tab|可以⟧ 放下（草稿留着）",
	RateDown:   "现在请你自评，⟦tab|可以⟧ 放下（草稿留着）",
	SpeakPlain: "请你发言 {1}。输入只有一个点「.」的一行就放下，草稿留着。",
	RatePlain:  "现在请你自评。输入只有一个点「.」的一行就放下，草稿留着。",
	PutDown:    "或单独一行「。」放下",
}

var callEnglish = callWords{
	Speak:      "You have the floor {1}, ⟦press esc⟧ to go back.",
	Rate:       "Now rate yourself, ⟦press esc⟧ to go back.",
	SpeakDown:  "You have the floor {1}, ⟦tab|the button below⟧ puts this down (the draft is kept)",
	RateDown:   "Now rate yourself, ⟦tab|the button below⟧ puts this down (the draft is kept)",
	SpeakPlain: "You have the floor {1}. A line with only '.' puts this down; the draft is kept.",
	RatePlain:  "Now rate yourself. A line with only '.' puts this down; the draft is kept.",
	PutDown:    "or '.' line: put down",
}
