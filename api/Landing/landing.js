for (const place of document.querySelectorAll('.origin')) place.textContent = location.origin;

fetch('/health/ready').then((answer) => answer.ok, () => false).then((ready) => {
  document.getElementById('status').textContent = ready ? '● 运行正常 · Ready' : '○ 暂不可用 · Not available right now';
});

fetch('/landing.json').then((answer) => answer.json()).then(({ sandbox, identity }) => {
  if (!sandbox) return;
  const departments = ['tax', 'social-security', 'medical-insurance', 'customs', 'fire', 'public-security', 'market-regulation', 'planning',
    'construction', 'ecology', 'service-office'];
  document.getElementById('clients').textContent = departments.map((name) => `sandbox-${name}`).join(' · ');
  document.getElementById('identity').textContent = identity;
  document.getElementById('sandbox').hidden = false;
});
