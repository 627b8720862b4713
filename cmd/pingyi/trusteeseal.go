package main

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"pingyi/meeting"
	"pingyi/meeting/ballot"
)

// A scrutineer's key on their own machine takes part in the joint key where some
// scrutineers are enough: the records of all go back and forth by words.

func (d *desk) trusteeSealVerb() *cobra.Command {
	var keyFile string
	seal := &cobra.Command{
		Use: "seal 封箱.json", Short: "几位监票人中到几位就能开箱的：做出合成票箱密钥的下一份", Args: exactly("封箱.json"),
		Example: "  pingyi trustee seal --key 监票.key 封箱.json > 我的.json",
		RunE: func(_ *cobra.Command, args []string) error {
			if keyFile == "" {
				return usagef("请用 --key 写明钥匙文件")
			}
			return d.sealShare(d.path(keyFile), d.path(args[0]))
		},
	}
	seal.Flags().StringVar(&keyFile, "key", "", "init 写的钥匙文件")
	return seal
}

// sealShare writes the next record for the joint key.
func (d *desk) sealShare(keyName, sealName string) error {
	ceremony, group, err := readCeremony(sealName)
	if err != nil {
		return err
	}
	key, err := readKey(group, keyName)
	if err != nil {
		return err
	}
	defer key.Wipe()
	member := key.Threshold()
	defer member.Wipe()
	record, err := ceremony.Next(member, rand.Reader)
	if err != nil {
		return failf("%s 里有监票人的一份不成立，或不是用这把钥匙封的：请重新提名监票人（%s）", sealName, err)
	}
	_, err = fmt.Fprintf(d.out, "%s\n", record)
	return err
}

// decrypt makes the partial decryption with a key, or with its share of the
// joint key if sealName has one.
func (d *desk) decrypt(e *ballot.Election, t *ballot.Tally, key *ballot.SecretKey, sealName string) (*ballot.Partial, error) {
	if sealName == "" {
		partial, err := e.Decrypt(t, key, rand.Reader)
		if err != nil {
			return nil, failf("这把钥匙不是这个票箱的：请换一把，或换一个票箱文件；几位监票人中到几位就能开箱的，请用 --seal 写明封箱.json")
		}
		return partial, nil
	}
	name := d.path(sealName)
	ceremony, group, err := readCeremony(name)
	if err != nil {
		return nil, err
	}
	share, err := openShare(ceremony, group, key, name)
	if err != nil {
		return nil, err
	}
	defer share.Wipe()
	partial, err := e.DecryptAs(ceremony.Index, t, share, rand.Reader)
	if err != nil {
		return nil, failf("%s 不是这个票箱的", name)
	}
	return partial, nil
}

// openShare returns the share of the joint key that belongs to a key.
func openShare(ceremony meeting.Ceremony, group ballot.Group, key *ballot.SecretKey, sealName string) (*ballot.SecretKey, error) {
	if group != key.Group() || ceremony.Share == "" {
		return nil, failf("%s 里还没有这把钥匙的那一份：票箱封好以后再取一次", sealName)
	}
	member := key.Threshold()
	defer member.Wipe()
	share, err := member.Open(ceremony.Share)
	if err != nil {
		return nil, failf("%s 不是用这把钥匙封的", sealName)
	}
	return share, nil
}

// readKey reads a key that makeKey wrote.
func readKey(g ballot.Group, name string) (*ballot.SecretKey, error) {
	text, err := readAtMost(name, 1<<12)
	if err != nil {
		return nil, err
	}
	defer clear(text)
	key, err := ballot.ParseSecretKey(g, bytes.TrimSpace(text))
	if err != nil {
		return nil, failf("%s 不是 trustee init 为这种票箱做的钥匙", name)
	}
	return key, nil
}

// readCeremony reads what the word seal --own answers.
func readCeremony(name string) (c meeting.Ceremony, g ballot.Group, err error) {
	text, err := readAtMost(name, 1<<20)
	if err != nil {
		return c, nil, err
	}
	if err := json.Unmarshal(text, &c); err == nil {
		g, err = ballot.GroupByName(c.Group)
		if err == nil {
			return c, g, nil
		}
	}
	return c, nil, failf("%s 不是 seal --own 给出的内容", name)
}
