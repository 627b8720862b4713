package meeting

// Kinds are the facts that can be stored, for the tests.
var Kinds = kinds
