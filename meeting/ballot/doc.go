// Package ballot is the secret ballot: the published Belenios voting protocol (specification 2.0, crypto version 1).
// No ballot is ever opened. Votes are encrypted to a key that the trustees hold together; the ciphertexts are added up,
// and only the sums are decrypted, with proofs that anybody can check with belenios-tool or with VerifyArchive.
//
// The package is a leaf: pure functions over bytes and readers of randomness. It has no clock, no files, no state.
//
// # A vote
//
// Before: each trustee makes a key (NewSecretKey or SecretKeyFromSeed) and gives its Public part; a k-of-n set is made
// in the four steps of ThresholdKey. Each voter has a private credential (NewCredential), whose PublicCredential goes
// into the Setup. NewElection freezes all that; its Fingerprint is on every ballot.
//
// During: a voter fills a Sheet row by row and Seals it. Election.Check verifies a ballot; its Tracker is the receipt.
//
// After: Sum adds the ballots, of several by one voter the last; each trustee Decrypts the Tally; Result combines the
// Partials. WriteArchive exports everything as Belenios' UUID.bel.
//
// Comments (SealComment … OpenComments) are texts encrypted to the same key; they are ours and not in the archive.
//
// # What is promised
//
// Every parser accepts exactly the canonical form, which hashes depend on, and refuses points outside the prime-order
// subgroup and numbers out of range. Errors carry a Code and a path, never a choice. An Election, a Ballot, a Tally and
// a Partial are never changed once made and safe for concurrent use; a Sheet and the secret keys are for one goroutine
// at a time.
//
// In Ed25519 a choice is encrypted, and a secret key or exponent is used, in the same time whatever it is: no branch, no
// index and no math/big depends on it. Reading a credential or a key from its text, and writing a key as text, are not so.
// BELENIOS-2048 is not constant-time at all: it is there because Debian's belenios-tool 2.0 knows nothing else, for
// interoperability and not for secret ballots. Wipe overwrites what this package holds of a secret; copies in strings, and
// those that the runtime or math/big made, may stay in memory until they are overwritten.
//
// The protocol is not secure against quantum computers, and k trustees together with the ciphertexts can open every
// ballot. A chain whose links all fit says nothing about who made it: compare Verification.Head with the head in the minutes.
package ballot
