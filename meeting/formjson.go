package meeting

import (
	"encoding/json"
	"slices"
	"strconv"
)

// FromJSON reads the value of a field from JSON as doors give it: text, a
// number, true or false, a list of ids, a list of objects; "", [] and null are
// empty. A refusal names the field.
func (f Field) FromJSON(raw json.RawMessage) (string, *Refusal) {
	var v any
	if err := json.Unmarshal(raw, &v); err != nil {
		return "", refuse(FieldKind, f.Label, string(raw), f.Type)
	}
	wrong := refuse(FieldKind, f.Label, string(raw), f.Type)
	switch v := v.(type) {
	case nil:
		return "", nil
	case string:
		if v == "" || !slices.Contains([]FieldType{NumberField, YesField, RowsField}, f.Type) {
			return f.FromText(v), nil
		}
	case bool:
		if f.Type == YesField {
			return strconv.FormatBool(v), nil
		}
	case float64:
		if f.Type == NumberField {
			return string(raw), nil
		}
	case []any:
		return f.fromList(raw, v, wrong)
	}
	return "", wrong
}

// fromList reads people or the rows of a small table.
func (f Field) fromList(raw json.RawMessage, v []any, wrong *Refusal) (string, *Refusal) {
	switch {
	case len(v) == 0:
		return "", nil
	case f.Type == PeopleField:
		var list []MemberID
		if json.Unmarshal(raw, &list) == nil {
			return string(raw), nil
		}
	case f.Type == RowsField:
		if _, err := Rows(string(raw)); err == nil {
			return string(raw), nil
		}
	}
	return "", wrong
}

// JSON is a value as doors show it: what [Field.FromJSON] reads. What is empty is
// "", [] or null.
func (f Field) JSON(value string) any {
	switch f.Type {
	case NumberField:
		if n, err := strconv.Atoi(value); err == nil {
			return n
		}
		return nil
	case YesField:
		if value == "" {
			return nil
		}
		return value == "true"
	case PeopleField:
		return append([]MemberID{}, People(value)...)
	case RowsField:
		rows, err := Rows(value)
		if err != nil || rows == nil {
			return []map[string]string{}
		}
		return rows
	}
	return value
}
