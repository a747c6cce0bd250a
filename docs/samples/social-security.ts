// Social security: opens a new company's account; nothing stands against it.
import { run } from './agency.js';

await run({
  department: 'social-security',
  port: 7002,
  decide: async (_, step) => (step.code === 'social-security-registration' ? { outcome: 'granted', reason: '已开户。' } : null),
});
