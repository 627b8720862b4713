package meeting

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// rosterColumn is a column that a roster may have.
type rosterColumn struct {
	name    string
	aliases string // other headers of it, those of the national system too, the best first
	field   func(*Member) *string
}

// rosterColumns are the columns of a roster, in the order of the form.
var rosterColumns = []*rosterColumn{
	{"编号", "党员编号 人员编号", func(m *Member) *string { return (*string)(&m.ID) }},
	{"姓名", "党员姓名 现用名 名字", func(m *Member) *string { return &m.Name }},
	{"类别", "人员类别 党员类别 党员类型 人员类型 党员身份 发展阶段 正式/预备 正式或预备 政治面貌", func(m *Member) *string { return (*string)(&m.Kind) }},
	{"性别", "", func(m *Member) *string { return &m.Sex }},
	{"民族", "", func(m *Member) *string { return &m.Ethnic }},
	{"出生年月", "出生日期 出生年月日 出生时间 生日", func(m *Member) *string { return &m.Born }},
	{"籍贯", "", func(m *Member) *string { return &m.Native }},
	{"学历", "文化程度 最高学历", func(m *Member) *string { return &m.Education }},
	{"职务", "行政职务 现任职务 现职务 工作岗位", func(m *Member) *string { return &m.Post }},
	{"党内职务", "党内任职 党组织职务 党支部职务 支部职务 党务职务", func(m *Member) *string { return &m.PartyPost }},
	{"党小组", "所在党小组 所属党小组 党小组名称 小组", func(m *Member) *string { return &m.Group }},
	{"入党时间", "入党日期 入党年月 加入党组织日期 加入党组织时间 加入中共组织日期 加入中国共产党日期 加入中国共产党时间", func(m *Member) *string { return &m.Joined }},
	{"转正时间", "转正日期 转正年月 转为正式党员日期 转为正式党员时间", func(m *Member) *string { return &m.Confirmed }},
	{"状态", "党员状态 党籍状态 在册状态", func(m *Member) *string { return &m.Standing }},
	{"不计入应到原因", "不计入应到 不计入应到的原因 不计入原因", func(m *Member) *string { return &m.NotCounted }},
}

// columnCalled returns the column with a header, and how well it fits: 0 is its
// own name, then its aliases follow. It returns nil if there is none.
func columnCalled(header string) (c *rosterColumn, fit int) {
	for _, c := range rosterColumns {
		if folded(c.name) == header {
			return c, 0
		}
		for i, a := range strings.Fields(c.aliases) {
			if folded(a) == header {
				return c, i + 1
			}
		}
	}
	return nil, 0
}

// columnNamed returns the column with a name of its own.
func columnNamed(name string) *rosterColumn {
	c, _ := columnCalled(name)
	return c
}

// rowNumbers is a column that many sheets have and that says nothing.
const rowNumbers = "序号"

var kindWords = map[string]Kind{
	"正式": Formal, "正式党员": Formal, "中共党员": Formal, "中共正式党员": Formal,
	"预备": Probationary, "预备党员": Probationary, "中共预备党员": Probationary,
	"群众": Mass, "群众代表": Mass, "列席": Guest, "列席人员": Guest,
}

// kindCalled returns the kind that a cell or a header says.
func kindCalled(text string) (Kind, bool) {
	k, ok := kindWords[headerWord(text)]
	return k, ok
}

// KindWord returns the word that a roster is written with.
func KindWord(k Kind) string { return kindNames[k] }

var kindNames = map[Kind]string{ //nolint:exhaustive // a rehearsal's Matter is on no roster
	Formal: "正式", Probationary: "预备", Mass: "群众", Guest: "列席",
}

// The choices of the columns that know only theirs, in the order of a list to
// choose from; those called …Words are other words for them.
const (
	standingNames = "在册 流动 困难 年老体弱 外出 离退休 出国 借调 患病 失联 受处分 立案审查 留党察看 停止党籍 去世 已转出"
	standingWords = "正常 在职 在岗 在校 在读 流动党员 困难党员 生活困难 高龄 退休 离休 外出务工 外出流动 出国境 挂职 长期患病 病休 失去联系 暂缓评定 逝世 已故 死亡 转出 转入 新转入 退党 劝退 除名 自行脱党 开除党籍"
	reasonNames   = "长期患病 出国半年以上 外出半年以上 流动 借调 年老体弱 离退休回原籍 服刑 留党察看 停止党籍 失联 组织关系未转 去世 已转出"
	reasonWords   = "长期病休 长期卧床 长期住院 病休 重病 因病 患病 精神疾病 出国 出境 出国境 因公出国 因私出国 出国留学 出国访学 外出 外出务工 外出流动 外出学习 脱产学习 流动党员 挂职 外派 支教 援派 服役 参军 高龄 退休回原籍 退休返乡 离退休返乡 失去联系 组织关系未转出 组织关系已转出 受留党察看处分 转出 逝世 已故 死亡 退党 除名 自行脱党 开除党籍"
	postNames     = "书记 副书记 组织委员 宣传委员 纪检委员 青年委员 统战委员 党小组长"
	sexNames      = "男 女"
	kindChoices   = "正式 预备 群众 列席"
	goneNames     = "去世 逝世 已故 死亡 已转出 转出 退党 劝退 除名 自行脱党 开除党籍 停止党籍"
	noneNames     = "无 否 / — - 没有 不详 \\ -- —— – ― 暂无 未知 n/a × false"
	totalNames    = "合计 总计 小计 共计"
	interpuncts   = "·•・．‧∙⋅."
)

var (
	goneWords  = wordSet(goneNames)
	noneWords  = wordSet(noneNames)
	totalWords = wordSet(totalNames)
	knownWay   = wordSet(standingNames + " " + standingWords)
	knownWhy   = wordSet(reasonNames + " " + reasonWords)
	longLeave  = regexp.MustCompile(`(满|达|超过)?(半年|一年|1年|六个月|6个月|两年|2年)(以上)?$`)
	bracketed  = regexp.MustCompile(`[（(\[【〔][^（(\[【〔）)\]】〕]*[）)\]】〕]`)
)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[folded(w)] = true
	}
	return set
}

// isReason reports whether 应到 may leave somebody out for this (DOMAIN.md §3.1).
// Brackets and 半年以上 tell more about a reason.
func isReason(text string) bool {
	text = folded(withoutBrackets(text))
	return knownWhy[text] || knownWhy[longLeave.ReplaceAllString(text, "")]
}

// isStanding reports whether a 状态 is known. There may be several.
func isStanding(text string) bool {
	for _, w := range postSeparators.Split(withoutBrackets(text), -1) {
		if w = folded(w); !knownWay[w] && !knownWay[longLeave.ReplaceAllString(w, "")] {
			return false
		}
	}
	return true
}

// isNone reports whether a cell says in a word that nothing stands in it.
func isNone(text string) bool { return noneWords[folded(text)] }

// folded returns a text as it is compared with others: without white space, in
// one width, without upper case, with one interpunct.
func folded(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return -1
		case strings.ContainsRune(interpuncts, r):
			return '·'
		}
		return unicode.ToLower(r)
	}, width.Fold.String(text))
}

// foldedID returns an 编号 as it is compared: m01, M1 and ｍ００１ are one.
func foldedID(id string) string {
	return leadingZeros.ReplaceAllString(folded(id), "$1$2")
}

var leadingZeros = regexp.MustCompile(`(^|[^0-9])0+([0-9])`)

// unspaced drops the white space that sheets put between characters to fill a
// column: 姓  名.
func unspaced(text string) string { return strings.Join(strings.Fields(text), "") }

func withoutBrackets(text string) string { return bracketed.ReplaceAllString(text, "") }

// headerWord returns a header without what people add to it: 姓 名*, 类别（正式/
// 预备）：.
func headerWord(text string) string {
	return strings.Trim(folded(withoutBrackets(unspaced(text))), "*:：·、，。")
}

// tidyName returns a name as it is kept: Chinese ones without white space, with
// the interpunct that the national standard has.
func tidyName(name string) string {
	hasHan := strings.ContainsFunc(name, func(r rune) bool { return unicode.Is(unicode.Han, r) })
	if !hasHan {
		return name
	}
	latin := false
	dotted := strings.Map(func(r rune) rune {
		if strings.ContainsRune(interpuncts, r) {
			return '·'
		}
		latin = latin || !unicode.Is(unicode.Han, r) && !unicode.IsSpace(r)
		return r
	}, name)
	if latin {
		return name
	}
	return unspaced(dotted)
}

// groupNumber returns what is alike in 第一党小组, 第1党小组 and 一组.
func groupNumber(group string) string {
	return strings.NewReplacer("第", "", "党", "", "小", "", "组", "", "1", "一", "2", "二", "3", "三", "4", "四", "5", "五",
		"6", "六", "7", "七", "8", "八", "9", "九").Replace(folded(group))
}

// isGroup reports whether a text is the name of a 党小组.
func isGroup(text string) bool {
	return strings.HasSuffix(text, "组") && utf8.RuneCountInString(text) <= 12
}
