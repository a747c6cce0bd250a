// The tabs a newcomer finds: what needs no token first. The founder is the sandbox's user `enterprise`, who applies for
// oneself only; agencies' systems apply for anybody. What is signed is the query declaration's text, by its digest.
const materials = ['registration-application', 'articles-of-association', 'premises-proof', 'identity-proof', 'seal-request'];
const person = { name: '张三', idType: 'citizen-id', idNumber: '990000199001010017', phone: '13900000000' };
const submit = {
  input: {
    item: 'ESTABLISHMENT', channel: 'ONLINE', hall: 'airport',
    applicant: {
      kind: 'FOUNDERS', founders: [{ kind: 'LEGAL_ENTITY', name: '沙箱贸易有限公司', uscc: '91990000MA0000007X' }],
      representative: 0, subject: { name: '沙箱新设有限公司', kind: 'COMPANY' },
    },
    declaration: { digest: 'sha-256:a1ac542599b5105fa6c0feb4a8551c0713596a7cf30ae0bf3e50ca079fde7cfd', signatory: '张三' },
    contact: { phone: '13900000000' },
    // What the item's form asks: query form(code: "ESTABLISHMENT").
    form: {
      name: { region: '天津', brand: '海河新程', trade: '国际货运代理', form: 'limited-company' }, companyType: 'limited', capital: 1000000, term: 'open',
      domicile: { district: 'airport', street: '空港经济区西三道166号A区2层201室', areaHall: 'airport', postcode: '300308' }, premises: 'own',
      scope: [{ code: 'G3017', text: '国内货物运输代理' }], mainScope: '国内货物运输代理',
      shareholders: [{ kind: 'person', person, subscribed: 1000000, manner: 'money', paidBy: '2030-12-31' }],
      legalRepresentative: person, post: 'director', directors: [{ person }], liaison: person, financeOfficer: person, invoicesWanted: false, employees: 0,
    },
    materials: materials.map((code) => ({ code, name: `${code}.pdf`, digest: `sha-256:${'0'.repeat(64)}` })),
  },
};

export const examples = [
  {
    query: `# Public: what can one apply for? 有哪些事项？
query Items {
  items(query: "企业", first: 5) {
    totalCount
    nodes {
      code
      name { zh en }
      department
      promisedLimit { value unit }
    }
    pageInfo { hasNextPage endCursor }
  }
}
`,
  },
  {
    query: `# Public: when would a limit end? 时限试算
query Clock {
  simulateClock(
    start: "2020-04-30T10:00:00+08:00"
    limit: { value: 18, unit: WORKING_DAYS }
  ) {
    dueOn
    dueAt
    skipped { date kind name { text } }
  }
}
`,
  },
  {
    query: `# 申办: needs cases:submit; in the sandbox sign in as enterprise (password sandbox).
mutation Submit($input: SubmitCaseInput!) {
  submitCase(input: $input) {
    case {
      id
      version
      number
      status
      steps { code department status }
    }
    problem { code title detail }
  }
}
`,
    variables: JSON.stringify(submit, null, 2),
  },
  {
    query: `# 我的办件: needs cases:read; in the sandbox sign in as enterprise, or as clerk (password sandbox).
query Cases {
  cases(first: 10) {
    nodes {
      id
      version
      number
      status
      item { name }
      steps { code status dueAt }
      history { at type }
    }
  }
}
`,
  },
  {
    query: `# 受理: needs cases:handle; in the sandbox sign in as clerk (password sandbox).
# Put id and version from the tab Cases into the variables below.
mutation Accept($id: ID!, $version: Int!) {
  acceptCase(id: $id, version: $version) {
    case {
      id
      version
      status
      clock { promised { dueAt } }
    }
    problem { code title detail }
  }
}
`,
    variables: '{ "id": "", "version": 1 }',
  },
  {
    query: `# 办件动态: needs cases:read. Put an id from the tab Cases into the variables below.
# The case now, and again whenever something happens.
subscription Watch($id: ID!) {
  caseChanged(id: $id) {
    version
    status
    steps { code status }
  }
}
`,
    variables: '{ "id": "" }',
  },
];
