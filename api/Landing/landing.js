for (const place of document.querySelectorAll('.origin')) place.textContent = location.origin;

fetch('/health/ready').then((answer) => answer.ok, () => false).then((ready) => {
  document.getElementById('status').textContent = ready ? '● 运行正常 · Ready' : '○ 暂不可用 · Not available right now';
});

fetch('/landing.json').then((answer) => answer.json()).then(({ sandbox, identity }) => {
  if (!sandbox) return;
  const clients = ['tax', 'social-security', 'medical-insurance', 'customs', 'fire', 'public-security', 'market-regulation', 'planning',
    'construction', 'ecology', 'state-security', 'housing-fund', 'service-office', 'kiosk', 'app'];
  document.getElementById('clients').textContent = clients.map((name) => `sandbox-${name}`).join(' · ');
  for (const place of document.querySelectorAll('.identity')) place.textContent = identity;
  document.getElementById('sandbox').hidden = false;
});
