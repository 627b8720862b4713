package meeting

// CheckText refuses a text of one line that cannot be stored: one with control
// or formatting characters, a blank one, one of more than so many characters.
func CheckText(text string, most int) *Refusal { return badText(text, most) }

// CheckID refuses what cannot be the id of a person or a branch.
func CheckID(id string) *Refusal { return need(validID(id), BadID, id) }
