package etcd

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/url"
	"time"

	"go.etcd.io/etcd/api/v3/v3rpc/rpctypes"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"pingyi/store"
)

const (
	// ErrURL says that an address is not https://HOST:PORT or http://HOST:PORT.
	ErrURL store.Code = "etcd.url" // address
	// ErrOpen says that records and password would go over the network in the clear.
	ErrOpen store.Code = "etcd.open" // address
	// ErrKeyFile says that a file of a certificate or key cannot be used.
	ErrKeyFile store.Code = "etcd.key-file" // file
	// ErrUnreachable says that no member answers.
	ErrUnreachable store.Code = "etcd.unreachable" // addresses
	// ErrMajority says that members answer and too few of them are connected to each other.
	ErrMajority store.Code = "etcd.majority"
	// ErrCertificate says that a certificate is not accepted: the cluster's here, or ours there.
	ErrCertificate store.Code = "etcd.certificate" // address
	// ErrUser says that the cluster refuses the user, the password, or the user's role.
	ErrUser store.Code = "etcd.user" // user
	// ErrFull says that the cluster's quota is used up.
	ErrFull store.Code = "etcd.full"
	// ErrFailing says that the cluster reports a fault of its own.
	ErrFailing store.Code = "etcd.failing"
	// ErrBack says that the cluster has lost records that were there: it was restored from an older snapshot, or emptied. It lasts until the
	// shelf is closed.
	ErrBack store.Code = "etcd.back"
	// ErrNotRecorded says that records are not in the cluster and will not be; its cause says why.
	ErrNotRecorded store.Code = "etcd.not-recorded"
	// ErrDoubt says that an Append was not answered, and nobody knows whether it was done. The log shows it later, or never does.
	ErrDoubt store.Code = "etcd.doubt"

	inRecord     store.Code = "etcd.in-record" // branch, number
	notCompacted store.Code = "etcd.not-compacted"
	notOurs      store.Code = "etcd.not-ours" // key
)

// compacted is what a cluster says that was compacted further already.
var compacted = rpctypes.ErrCompacted

// passes reports whether an error may be gone a moment later, on another member.
func passes(err error) bool {
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
		return true
	}
	var known rpctypes.EtcdError
	code := status.Code(err)
	if errors.As(err, &known) {
		code = known.Code()
	}
	return code == codes.Unavailable || code == codes.DeadlineExceeded || code == codes.Canceled || errors.Is(err, rpctypes.ErrTooManyRequests)
}

// cause gives an error of the cluster its code. One that has a code keeps it.
func (s *link) cause(ctx context.Context, err error) error { return s.config.why(ctx, err) }

func (c Config) why(ctx context.Context, err error) error {
	var coded store.Code
	var fault *store.Fault
	switch {
	case err == nil, errors.As(err, &coded), errors.As(err, &fault), ctx.Err() != nil && errors.Is(err, ctx.Err()):
		return err
	case isOne(err, rpctypes.ErrNoSpace):
		return ErrFull.By(err)
	case isOne(err, rpctypes.ErrAuthFailed, rpctypes.ErrUserEmpty, rpctypes.ErrUserNotFound, rpctypes.ErrPermissionDenied, rpctypes.ErrInvalidAuthToken,
		rpctypes.ErrAuthOldRevision, rpctypes.ErrAuthNotEnabled):
		return ErrUser.Of(c.User).By(err)
	case passes(err):
		return c.diagnose(ctx, err)
	}
	return ErrFailing.By(err)
}

// isOne reports whether an error is one of these. The client passes some on as the status that came.
func isOne(err error, these ...error) bool {
	for _, e := range these {
		if errors.Is(err, e) || rpctypes.ErrorDesc(err) == e.Error() {
			return true
		}
	}
	return false
}

// diagnoseTime is how long one address is tried.
const diagnoseTime = time.Second

// diagnose tries the addresses by itself, because the client does not tell what is wrong with its connections.
func (c Config) diagnose(ctx context.Context, err error) error {
	var worst error
	for _, text := range c.URLs {
		u, bad := url.Parse(text)
		if bad != nil {
			continue
		}
		met := c.meet(ctx, u)
		var refused tls.AlertError
		var unproved *tls.CertificateVerificationError
		var unknown x509.UnknownAuthorityError
		switch {
		case met == nil:
			return ErrMajority.By(err)
		case errors.As(met, &refused), errors.As(met, &unproved), errors.As(met, &unknown), isRemote(met):
			worst = ErrCertificate.Of(text).By(met)
		case worst == nil:
			worst = ErrUnreachable.Of(text).By(met)
		}
	}
	if worst == nil {
		return ErrMajority.By(err)
	}
	return worst
}

// isRemote reports whether the other side refused our certificate.
func isRemote(err error) bool {
	var op *net.OpError
	return errors.As(err, &op) && op.Op == "remote error"
}

// meet connects to a member and waits for its first byte where that tells that our certificate was accepted.
func (c Config) meet(ctx context.Context, u *url.URL) error {
	ctx, cancel := context.WithTimeout(ctx, diagnoseTime)
	defer cancel()
	if u.Scheme != "https" {
		conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", u.Host)
		if err == nil {
			err = conn.Close()
		}
		return err
	}
	secure, err := c.secure()
	if err != nil {
		return err
	}
	secure.NextProtos = []string{"h2"}
	conn, err := (&tls.Dialer{Config: secure}).DialContext(ctx, "tcp", u.Host)
	if err != nil {
		return err
	}
	defer conn.Close()
	if deadline, ok := ctx.Deadline(); ok {
		_ = conn.SetDeadline(deadline)
	}
	_, err = io.ReadFull(conn, make([]byte, 1))
	return err
}
