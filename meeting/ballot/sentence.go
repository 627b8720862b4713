package ballot

import "fmt"

var kindNames = map[string]string{
	"header":      "归档的文件头",
	"data":        "数据",
	"event":       "事件",
	"setup":       "设置清单",
	"election":    "投票参数",
	"trustees":    "监票人公钥",
	"credentials": "投票凭证名单",
	"ballot":      "选票",
	"tally":       "加密的总和",
	"partial":     "监票人的部分解密",
	"result":      "计票结果",
}

var reasons = map[Code]string{
	Malformed:         "内容不是规范的格式，或被改动过",
	NotInGroup:        "含有不属于该群的点，或不规范的编码",
	Identity:          "含有单位元，不能作为密文或公钥",
	OutOfRange:        "有数字超出允许的范围",
	UnknownGroup:      "所用的群不受支持",
	Unsupported:       "用到了不支持的功能（加权、混洗或非同态题目）",
	BadSetup:          "题目、名称或编号不成立",
	BadCredential:     "投票凭证有误",
	UnknownCredential: "所用凭证不在发出的凭证名单里",
	WrongElection:     "属于另一次投票",
	BadSignature:      "签名不成立，内容不是持该凭证的人所签",
	BadProof:          "零知识证明不成立",
	WrongKey:          "公钥与本次投票不符",
	WrongSum:          "不是有效选票之和",
	WrongResult:       "与部分解密得出的结果不符",
	Missing:           "缺少必需的部分",
	Doubled:           "重复出现",
	WrongShape:        "数目与题目或格式规定不符",
	WrongHash:         "内容与它的哈希值不符",
	WrongOrder:        "位置、序号或上一环的哈希值不对，证据链断开",
	NotChosen:         "还有没选的题目",
	Wiped:             "密钥或选票已经清除",
	BrokenArchive:     "文件损坏、被截断或被添加了内容",
}

// sentence is a Chinese sentence that names a record and says why it is refused.
func sentence(number int, kind, name, part string, code Code) string {
	if kind == "result" && code == Missing && name == "" {
		return fmt.Sprintf("归档到第 %d 个记录为止，没有计票结果：文件被截断，或投票还没有开箱。", number)
	}
	where := kindNames[kind]
	if name != "" {
		where += " " + shorten(name)
	}
	if part != "" {
		where += "，" + part
	}
	return fmt.Sprintf("第 %d 个记录（%s）：%s。", number, where, reasons[code])
}

// shorten keeps enough of a name to identify a record, and drops what a terminal must not see from a hostile file.
func shorten(name string) string {
	var kept []rune
	for _, r := range name {
		if r <= ' ' || r >= 0x7f {
			r = '?'
		}
		if len(kept) == 16 {
			return string(kept) + "…"
		}
		kept = append(kept, r)
	}
	return string(kept)
}
