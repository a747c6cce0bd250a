namespace OneDoor.Cases;

/// <summary>Why a command on a case is refused.</summary>
public static partial class CaseRefusals
{
    public static readonly Refusal NotFound = new("case.not-found", 404,
        new("办件不存在", "There is no such case"),
        new("不存在，或不对您开放。", "It does not exist, or not for you."));

    public static readonly Refusal StepNotFound = new("case.step-not-found", 404,
        new("办理环节不存在", "The case has no such step"),
        new("该办件没有此环节，或此环节不属于您的部门。", "The case has no step of that code, or it is not your department's."));

    public static readonly Refusal PauseNotFound = new("case.pause-not-found", 404,
        new("该暂停不存在或已结束", "There is no such pause going on"));

    public static readonly Refusal ItemUnknown = new("case.item-unknown", 422,
        new("事项不存在", "There is no such item"),
        new("事项编码见目录。", "The catalogue lists the codes of its items."));

    public static readonly Refusal ItemAbolished = new("case.item-abolished", 422, new("事项已取消审批", "The item has been abolished"));

    /// <summary>SIGHT-1.</summary>
    public static readonly Refusal ItemConfidential = new("case.item-confidential", 403,
        new("涉密事项只在主管部门窗口办理", "Only the department itself takes a confidential item in"),
        new("由主管部门自行收件，不能由其他部门、其他渠道收件或转入转出。",
            "Its department takes it in itself: nobody else submits it, and no case is moved to it or from it."));

    public static readonly Refusal ChannelNotOffered = new("case.channel-not-offered", 422,
        new("该事项不支持此渠道", "The item is not offered on this channel"));

    public static readonly Refusal ChannelOfStaff = new("case.channel-of-staff", 422,
        new("该渠道供工作人员和机构使用", "The channel is for staff and agencies"),
        new("登录后可通过网上、移动端或自助机申请。", "Whoever signs in applies online, by mobile or at a kiosk."));

    public static readonly Refusal HallNotOffered = new("case.hall-not-offered", 422, new("大厅不存在", "There is no such hall"));

    public static readonly Refusal NotYourHall = new("case.not-your-hall", 422,
        new("自助机和工作人员只为本大厅收件", "A kiosk and staff take cases in for their own hall"),
        new("hall 可以不写；没有所属大厅的工作人员不收件。", "That hall may be left out; staff who have none take nothing in."));

    /// <summary>CASE-9.</summary>
    public static readonly Refusal ChannelNotWindow = new("case.channel-not-window", 422,
        new("工作人员只在窗口收件", "Staff take applications in at a window"), new("channel 须为 window。", "The channel is window."));

    /// <summary>KIOSK-1.</summary>
    public static readonly Refusal KiosksClosed = new("case.kiosks-closed", 409, new("大厅的自助机未开放", "The hall's kiosks are closed now"));

    public static readonly Refusal HallRequired = new("case.hall-required", 422,
        new("缺少收件大厅", "The receiving hall is missing"), new("窗口和自助机收件须注明大厅。", "A case received at a window or a kiosk names its hall."));

    public static readonly Refusal NotTheApplicant = new("case.not-the-applicant", 403,
        new("只能为本人或本企业申请", "One applies for oneself only"),
        new("申请人须与登录身份一致。", "The applicant must be the one signed in."));

    public static readonly Refusal NobodySignedIn = new("case.nobody-signed-in", 403,
        new("没有申请人登录", "Nobody is signed in to apply"),
        new("不代表任何部门的应用只能为通过它登录的人申请。", "An app that acts for no department applies only for who is signed in through it."));

    public static readonly Refusal NameNotRegistered = new("case.name-not-registered", 422,
        new("申请人名称与登记名称不一致", "The name is not the one you are registered under"),
        new("省略 applicant 即以本人或本企业名义申请。", "Leave applicant out to apply as yourself."));

    public static readonly Refusal ApplicantNotOffered = new("case.applicant-not-offered", 422,
        new("该事项不受理此类申请人的申请", "The item is not for this kind of applicant"));

    /// <summary>BAR-1.</summary>
    public static readonly Refusal Barred = new("case.barred", 403,
        new("在禁止申请期限内", "The applicant is barred from the item"));

    /// <summary>APP-4.</summary>
    public static readonly Refusal DeclarationMissing = new("case.declaration-missing", 422,
        new("缺少真实性声明", "The declaration of truth is missing"),
        new("申请须附申请人对真实性声明的签署；声明全文及其摘要可公开读取。",
            "An application is signed with the declaration of truth, whose text and digest everybody may read."));

    /// <summary>APP-4.</summary>
    public static readonly Refusal DeclarationChanged = new("case.declaration-changed", 422,
        new("签署的不是现行真实性声明", "What is signed is not the declaration of truth"),
        new("请重新阅读声明并以其摘要签署。", "Read the declaration again, and sign with its digest."));

    /// <summary>CASE-11.</summary>
    public static readonly Refusal FormMissing = new("case.form-missing", 422,
        new("缺少申请表内容", "The form is missing"),
        new("事项的 form 以 JSON Schema 公布申请表。", "The item's form says, as JSON Schema, what it takes."));

    /// <summary>CASE-11.</summary>
    public static readonly Refusal ContactMissing = new("case.contact-missing", 422,
        new("缺少联系方式", "The contact is missing"),
        new("须有 phone，可另有 email。", "There is a phone, and an email if one likes."));

    /// <summary>CASE-11.</summary>
    public static readonly Refusal ContactInvalid = new("case.contact-invalid", 422,
        new("联系方式无效", "The contact is not valid"),
        new("phone 为11位手机号码，或以 + 和国家代码开头的号码；email 为电子邮件地址，最长254个字符。",
            "phone is a mobile number of eleven digits, or begins with + and a country's code; email is an address of at most 254 characters."));

    /// <summary>CASE-11.</summary>
    public static readonly Refusal AgentOfPerson = new("case.agent-of-person", 422,
        new("自然人本人申请，没有经办人", "A person applies without an agent"),
        new("经办人代单位办理。", "An agent handles what an entity applies for."));

    /// <summary>CASE-11.</summary>
    public static readonly Refusal AgentUnauthorised = new("case.agent-unauthorised", 422,
        new("缺授权委托书", "The agent's authority is missing"),
        new("自行登录提交的，authority 须为单位授权经办人的文件；由部门提交的可以不填。", "Whoever signs in and submits names the file by which the entity has authorised its agent, as authority; a department may leave it out."));

    /// <summary>CASE-11.</summary>
    public static readonly Refusal FieldNotNamed = new("case.field-not-named", 422,
        new("补正告知未指明此项", "The correction notice does not name the field"),
        new("补正告知发出后，只能修改其指明的各项。", "Once there is a correction notice, what it names is mended and nothing else."));

    /// <summary>JOINT-3.</summary>
    public static readonly Refusal FieldUnknown = new("case.field-unknown", 422,
        new("申请表没有此项，或者本部门的环节不需要此项", "The form has no such field, or the department's steps do not need it"),
        new("field 为申请表顶层字段名，或以 /form/ 开头的指针。", "field is the name of a field at the top of the form, or a pointer that begins with /form/."));

    /// <summary>APP-2.</summary>
    public static readonly Refusal RoleUnknown = new("case.role-unknown", 422,
        new("事项没有此当事人身份", "The item has no such role"));

    /// <summary>APP-2.</summary>
    public static readonly Refusal RoleMissing = new("case.role-missing", 422,
        new("缺少当事人", "A party is missing"));

    /// <summary>APP-2.</summary>
    public static readonly Refusal NotYourSignature = new("case.not-your-signature", 403,
        new("只能为本人或本企业签署", "One signs for oneself only"),
        new("各当事人分别登录签署；部门收件的，可由部门一并提交各方签署。",
            "Each party signs in and signs; where a department takes the application in, it may send what each has signed."));

    /// <summary>APP-2.</summary>
    public static readonly Refusal PartyNotNamed = new("case.party-not-named", 422,
        new("须指明由哪一方签署", "It is not said which party signs"),
        new("party 是当事人在 applicant.parties 中的序号，从0起；以当事人身份登录者可以省略。",
            "party says which of applicant.parties it is, counted from 0; whoever is signed in as one of them may leave it out."));

    /// <summary>APP-2.</summary>
    public static readonly Refusal AlreadySigned = new("case.already-signed", 409,
        new("该当事人已经签署", "The party has signed"), new("已作出的签署不能更改。", "A signature stays as it was made."));

    /// <summary>APP-2.</summary>
    public static readonly Refusal SignedLater = new("case.signed-later", 422,
        new("签署时间尚未到来", "The signature is of a time that has not come"));

    /// <summary>APP-2.</summary>
    public static readonly Refusal AwaitingSignatures = new("case.awaiting-signatures", 409,
        new("尚有当事人未签署", "Not every party has signed"),
        new("全部当事人签署后才算提出申请；此前只能签署或者撤回。", "It is submitted when the last party has signed; until then it is signed or withdrawn."));

    public static readonly Refusal SignatoryInvalid = new("case.signatory-invalid", 422,
        new("签署人姓名无效", "The signatory's name is not valid"), new("须为1至100个字符。", "It has 1 to 100 characters."));

    /// <summary>APP-1.</summary>
    public static readonly Refusal FoundingUscc = new("case.founding-uscc", 422,
        new("统一社会信用代码随设立决定赋予", "The code is given by the decision that founds"),
        new("设立申请中首个核发证照的环节准予时须写明 uscc，其他决定不得填写。",
            "Granting the first step of a founding that issues a licence names the uscc of what is founded; no other decision does."));

    /// <summary>JOINT-1.</summary>
    public static readonly Refusal StepNotOptional = new("case.step-not-optional", 422, new("该环节不可选择", "The step is nothing to choose"));

    public static readonly Refusal MaterialUnknown = new("case.material-unknown", 422,
        new("事项不要求此材料", "The item asks for no such material"));

    public static readonly Refusal MaterialInvalid = new("case.material-invalid", 422,
        new("材料信息无效", "A material is not described correctly"),
        new("每份材料须有编码、1至200个字符的名称和 sha-256 摘要或文件，同一编码只出现一次。",
            "Every material has a code, a name of 1 to 200 characters and a sha-256 digest or a file, and stands in the list once."));

    public static readonly Refusal ResultInvalid = new("case.result-invalid", 422,
        new("结果文书信息无效", "A document given with the decision is not described correctly"),
        new("最多20份，每份须有1至200个字符的名称。", "At most 20, each with a name of 1 to 200 characters."));

    public static readonly Refusal MaterialsMissing = new("case.materials-missing", 422,
        new("必需材料未齐", "Required materials are missing"));

    /// <summary>JOINT-4.</summary>
    public static readonly Refusal MaterialProved = new("case.material-proved", 422,
        new("该材料已由申请人持有的证照证明", "A licence the applicant holds proves the material"),
        new("不得要求申请人重复提交。", "Nothing is asked for twice."));

    /// <summary>JOINT-6.</summary>
    public static readonly Refusal MaterialNotDue = new("case.material-not-due", 422,
        new("尚未到提交该材料的时间", "The material is not due yet"),
        new("需要该材料的环节开始时才须提交。", "It is due when a step opens that needs it."));

    public static readonly Refusal NotDeferrable = new("case.material-not-deferrable", 422,
        new("该材料不能容缺后补", "The material cannot follow later"),
        new("只有标为可容缺、尚未提交且无证照证明的材料可以后补，期限须在六十个工作日内。",
            "Only a material marked deferrable, not handed in and not proved by a licence may follow, within 60 working days."));

    /// <summary>MODE-7.</summary>
    public static readonly Refusal PledgeMissing = new("case.pledge-missing", 422,
        new("申请人没有作出容缺承诺", "The applicant has not pledged it"),
        new("容缺受理以申请人签署的承诺为准：材料和日期须与其未履行的承诺一致。",
            "A case is accepted with a deficiency only as the applicant has signed: that material, by that day, not yet come in."));

    /// <summary>MODE-7.</summary>
    public static readonly Refusal PledgeChanged = new("case.pledge-changed", 422,
        new("签署的不是现行容缺承诺", "What is signed is not the pledge"),
        new("请重新阅读该事项的容缺承诺并以其摘要签署。", "Read the item's pledge again, and sign with its digest."));

    /// <summary>CRED-1.</summary>
    public static readonly Refusal DeficiencySuspended = new("case.deficiency-suspended", 403,
        new("申请人暂不适用容缺受理", "The applicant's cases are not accepted with a deficiency for now"),
        new("有逾期未补交的记录；材料齐全即可申请，记录修复后恢复。", "A pledge was missed: complete applications are taken as ever, and the privilege is back once the record is repaired."));

    public static readonly Refusal NotYourDepartment = new("case.not-your-department", 403,
        new("应由牵头部门办理", "This is for the lead department to do"));

    /// <summary>SIGHT-1.</summary>
    public static readonly Refusal NotYoursToOpen = new("case.not-yours-to-open", 403,
        new("只有政务服务办的负责人可以查阅其他部门的办件", "Only a supervisor of the service office has another department's case opened"),
        new("须说明理由，查阅记入办件。", "For a reason, which becomes part of the case."));

    public static readonly Refusal NotYourWorklist = new("case.not-your-worklist", 403,
        new("不能查看其他部门的待办", "Another department's worklist is not yours to read"),
        new("政务服务办可以查看各部门的待办。", "The service office may read every department's."));

    public static readonly Refusal NotYourCase = new("case.not-your-case", 403,
        new("只有申请人或其代办方可以这样做", "Only the applicant or the client that submitted the case may do this"));

    /// <summary>CASE-4, 窗口不说NO.</summary>
    public static readonly Refusal OnlyASupervisorRefuses = new("case.only-a-supervisor-refuses", 403,
        new("受理窗口不说NO：只有负责人可以不予许可或不予受理", "A window does not say no: only a supervisor refuses, or does not accept"),
        new("可以受理、容缺受理、一次性告知补正、转办或上报。",
            "A clerk can accept, accept with a deficiency, send a correction notice, redirect or refer upward."));

    public static readonly Refusal OnlyASupervisorExtends = new("case.only-a-supervisor-extends", 403,
        new("只有负责人可以延长期限", "Only a supervisor extends a limit"));

    public static readonly Refusal ReferredUpward = new("case.referred-upward", 403,
        new("该环节已上报负责人", "The step has been referred to a supervisor"),
        new("由负责人决定。", "A supervisor decides it now."));

    /// <summary>CASE-13.</summary>
    public static readonly Refusal AuthorityMissing = new("case.authority-missing", 422,
        new("没有指明有权机关", "The right authority is not named"),
        new("不属于本部门职权的，须用一行1至200个字符告知向哪个机关申请。",
            "Whoever is told that another authority is right is told which, in one line of 1 to 200 characters."));

    /// <summary>CASE-13.</summary>
    public static readonly Refusal RedirectFirst = new("case.redirect-first", 409,
        new("应当转办，而不是不予受理", "It is redirected instead"),
        new("事项载明的部门可以通过转办接手。", "A department the item names takes it over by a referral."));

    /// <summary>CASE-13.</summary>
    public static readonly Refusal NonAcceptanceTooLate = new("case.non-acceptance-too-late", 409,
        new("不予受理应当当日告知", "That a case is not accepted is told on the day of asking"));

    public static readonly Refusal ReasonMissing = new("case.reason-missing", 422,
        new("缺少理由", "A reason is missing"), new("须为1至2000个字符。", "It has 1 to 2,000 characters."));

    public static readonly Refusal GroundsMissing = new("case.grounds-missing", 422,
        new("不予许可须说明理由和法律依据", "A refusal needs its reason and its legal basis"),
        new("理由和法律依据各须1至2000个字符。", "Reason and legal basis have 1 to 2,000 characters each."));

    public static readonly Refusal CorrectionEmpty = new("case.correction-empty", 422,
        new("补正告知没有内容", "The correction notice says nothing"),
        new("至少一项，至多一百项，每项须写明要求。", "It has 1 to 100 lines, and each says what to do."));

    /// <summary>CASE-3.</summary>
    public static readonly Refusal CorrectionAlreadySent = new("case.correction-already-sent", 409,
        new("补正内容应当一次性告知", "Everything missing is said in one notice"),
        new("只有首次告知之后提交的材料才可以再次要求补正。",
            "A second notice may only be about materials that came in after the first."));

    /// <summary>JOINT-5.</summary>
    public static readonly Refusal LinesTooLate = new("case.lines-too-late", 409,
        new("各部门须在三个工作日内提出补正内容", "Departments say what they miss within three working days"));

    /// <summary>JOINT-5.</summary>
    public static readonly Refusal LinesWaiting = new("case.lines-waiting", 409,
        new("其他部门提出的补正内容尚未告知申请人", "What another department misses has not been sent"),
        new("请先一次性告知补正。", "Send the correction notice first."));

    /// <summary>CASE-14.</summary>
    public static readonly Refusal NoticeExtended = new("case.notice-extended", 409,
        new("补正期限只能延长一次", "The time to answer a notice is extended once"));

    /// <summary>CASE-14.</summary>
    public static readonly Refusal LapseTooEarly = new("case.lapse-too-early", 409,
        new("补正期限未满或尚未提醒申请人", "There is still time to answer the notice, or nobody was reminded of it"));

    public static readonly Refusal NotInThisState = new("case.not-in-this-state", 409,
        new("办件当前状态不允许此操作", "The case's state does not allow this"));

    public static readonly Refusal NotAccepted = new("case.not-accepted", 409,
        new("办件尚未受理", "The case has not been accepted yet"),
        new("牵头部门受理后，首个环节才开始。", "Its first steps open when the lead department accepts it."));

    /// <summary>CASE-5.</summary>
    public static readonly Refusal StepDecided = new("case.step-decided", 409,
        new("已有环节作出决定", "A step has been decided"),
        new("各部门就自己的环节作出决定；整体不予许可须在首个环节决定之前。",
            "Each department decides its own step; a case is refused as a whole only before the first of them is decided."));

    /// <summary>MODE-1.</summary>
    public static readonly Refusal FilingNotRefused = new("case.filing-not-refused", 409,
        new("备案没有不予许可", "A filing is not refused"),
        new("材料齐全即完成备案；缺少的请一次性告知补正，不属于本部门职权的当日不予受理。",
            "It is filed once it is complete: send a correction notice for what is missing; what is another authority's is not accepted, on the day of asking."));

    public static readonly Refusal StepNotOpen = new("case.step-not-open", 409,
        new("办理环节未开始或已结束", "The step is not open"),
        new("前置环节全部办结后才开始；已决定的环节不能更改。", "It opens when its predecessors are done, and a decided step stays decided."));

    public static readonly Refusal ClockPaused = new("case.clock-paused", 409,
        new("该环节计时已暂停", "The step's clock stands still"), new("先结束暂停。", "End the pause first."));

    public static readonly Refusal StepNotNamed = new("case.step-not-named", 422,
        new("须指明办理环节", "The step has to be named"),
        new("您的部门在该办件中没有或有多个适用的环节。", "Your department has no fitting step in the case, or several."));

    public static readonly Refusal AlreadyThere = new("case.already-there", 409,
        new("已在该部门或该事项", "It is with that department or item already"));

    public static readonly Refusal DepartmentNotOfItem = new("case.department-not-of-item", 422,
        new("该事项与此部门无关", "The item does not name this department"));

    /// <summary>CLK-4.</summary>
    public static readonly Refusal AlreadyExtended = new("case.already-extended", 409,
        new("期限只能延长一次", "A limit is extended once"));

    public static readonly Refusal ExtensionOutOfRange = new("case.extension-out-of-range", 422,
        new("延长超出范围", "The extension is out of range"),
        new("不得超过事项规定的延长期限，并以其单位计算。", "It is at most the item's extension, in its unit."));

    /// <summary>CLK-4: what has ended cannot be extended.</summary>
    public static readonly Refusal StatutoryLimitPassed = new("case.statutory-limit-passed", 409,
        new("法定时限已届满，不能延长", "The statutory limit has passed, and cannot be extended"));

    /// <summary>CLK-3.</summary>
    public static readonly Refusal ProcedureNotPrescribed = new("case.procedure-not-prescribed", 422,
        new("事项的法律没有规定该特别程序", "The item's law prescribes no such procedure"),
        new("只有事项列明的特别程序所需时间不计入期限。", "Only the time of procedures that the item lists does not count."));

    public static readonly Refusal PauseIncomplete = new("case.pause-incomplete", 422,
        new("暂停须写明依据和实施机构", "A pause names its legal basis and who carries the procedure out"),
        new("依据须为1至2000个字符，实施机构须为1至100个字符。", "The basis has 1 to 2,000 characters, who carries it out 1 to 100."));

    public static readonly Refusal ExpectedUntilInvalid = new("case.expected-until-invalid", 422,
        new("预计结束日期无效", "The expected end is invalid"), new("不得早于今天，也不得晚于2100年。", "It is not before today, nor after the year 2100."));

    /// <summary>CLK-8.</summary>
    public static readonly Refusal NotLate = new("case.not-late", 409,
        new("办件没有超过办理时限", "The case is not past its limit"));

    public static readonly Refusal OfficerInvalid = new("case.officer-invalid", 422,
        new("经办人员信息无效", "An officer is not described correctly"),
        new("编号须为1至50个字符，姓名须为1至100个字符。", "The id has 1 to 50 characters, the name 1 to 100."));
}
