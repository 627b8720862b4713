package meeting

// Kinds are the facts that can be stored, for the tests.
var Kinds = func() map[string]Fact {
	m := map[string]Fact{}
	for name, k := range kinds {
		m[name] = k.fact
	}
	return m
}()
