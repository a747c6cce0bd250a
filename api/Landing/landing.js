for (const place of document.querySelectorAll('.origin')) place.textContent = location.origin;

fetch('/health/ready').then((answer) => answer.ok, () => false).then((ready) => {
  const [isReady, isNot] = document.documentElement.lang === 'en' ? ['● Ready', '○ Not available right now'] : ['● 运行正常', '○ 暂不可用'];
  document.getElementById('status').textContent = ready ? isReady : isNot;
});

fetch('/landing.json').then((answer) => answer.json()).then(({ sandbox, identity }) => {
  if (!sandbox) return;
  const clients = ['tax', 'social-security', 'medical-insurance', 'customs', 'fire', 'public-security', 'market-regulation', 'planning',
    'construction', 'ecology', 'state-security', 'housing-fund', 'service-office', 'kiosk', 'app'];
  document.getElementById('clients').textContent = clients.map((name) => `sandbox-${name}`).join(' · ');
  for (const place of document.querySelectorAll('.identity')) place.textContent = identity;
  document.getElementById('sandbox').hidden = false;
});
