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
		if v == "" || !slices.Contains([]FieldType{NumberField, YesField, RowsField, FilesField}, f.Type) {
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
		if value, ok := rowsFrom(v); ok {
			return value, nil
		}
	case f.Type == FilesField:
		if list := Files(string(raw)); len(list) == len(v) {
			return string(raw), nil
		}
	}
	return "", wrong
}

// rowsFrom is a small table as it is stored, of a list of objects whose cells are
// text, numbers, yes and no, or empty.
func rowsFrom(list []any) (value string, ok bool) {
	var rows []map[string]string
	for _, item := range list {
		cells, isRow := item.(map[string]any)
		if !isRow {
			return "", false
		}
		row := map[string]string{}
		for name, cell := range cells {
			switch cell := cell.(type) {
			case nil:
				row[name] = ""
			case string:
				row[name] = cell
			case bool:
				row[name] = strconv.FormatBool(cell)
			case float64:
				row[name] = strconv.FormatFloat(cell, 'f', -1, 64)
			default:
				return "", false
			}
		}
		rows = append(rows, row)
	}
	return RowsValue(rows), true
}

// JSON is a value as doors show it: what [Field.FromJSON] reads. What is empty is
// "", [] or null.
func (f Field) JSON(value string) any {
	switch f.Type {
	case NumberField:
		return numberJSON(value)
	case YesField:
		if value == "" {
			return nil
		}
		return value == "true"
	case PeopleField:
		return append([]MemberID{}, People(value)...)
	case RowsField:
		return f.rowsJSON(value)
	case FilesField:
		return append([]FileRef{}, Files(value)...)
	}
	return value
}

// numberJSON is a number as doors show it; nil where there is none.
func numberJSON(value string) any {
	if !numberForm.MatchString(value) {
		return nil
	}
	n, err := strconv.ParseFloat(value, 64)
	if err != nil {
		return nil
	}
	return n
}

// rowsJSON are the rows of a small table as doors show them.
func (f Field) rowsJSON(value string) []map[string]any {
	list := []map[string]any{}
	rows, _ := Rows(value) // what is no table has no rows
	for _, row := range rows {
		shown := map[string]any{}
		for _, c := range f.Columns {
			cell, set := row[c.Name]
			switch {
			case !set:
			case c.Type == NumberField:
				shown[c.Name] = numberJSON(cell)
			default:
				shown[c.Name] = cell
			}
		}
		list = append(list, shown)
	}
	return list
}
