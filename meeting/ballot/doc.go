// Package ballot is the secret ballot: the Belenios voting protocol (specification 2.0, crypto version 1).
package ballot
