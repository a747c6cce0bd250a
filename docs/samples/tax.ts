// Tax: gives a new company its quota of invoices as soon as it has its licence, unless it is on the list of irregular taxpayers.
import { run } from './agency.js';

const irregular = new Set((process.env['IRREGULAR'] ?? '').split(',').filter(name => name !== ''));

await run({
  department: 'tax',
  port: 7001,
  decide: async (seen, step) => {
    if (step.code !== 'invoices')
      return null;
    // A window does not say no: what may have to be refused is for a person.
    return seen.applicant.name !== undefined && irregular.has(seen.applicant.name) ? null : { outcome: 'granted', reason: '首次申领，核定25份。' };
  },
});
