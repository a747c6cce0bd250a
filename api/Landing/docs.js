// What Swagger UI leaves out for those who cannot see it, or use no mouse: names, and a way to scroll.
function mend() {
  for (const select of document.querySelectorAll('select:not([aria-label])')) {
    const name = select.id === 'servers' ? 'Server' : select.closest('.examples-select') ? 'Example' : select.closest('tr')?.dataset.paramName;
    if (name) select.setAttribute('aria-label', name);
  }
  for (const button of document.querySelectorAll('.close-modal')) button.setAttribute('aria-label', 'Close');
  for (const code of document.querySelectorAll('.microlight')) code.setAttribute('tabindex', '0');
}

new MutationObserver(mend).observe(document.documentElement, { childList: true, subtree: true });

// In place of Swagger UI's bar, which offers a choice of one document: a way back to the rest.
addEventListener('DOMContentLoaded', () => {
  const bar = document.createElement('header');
  bar.className = 'bar';
  bar.innerHTML = '<a href="/">一门通 OneDoor</a> <a href="/docs/API.md">指南 Guide</a> <a href="/docs/errors">错误代码 Refusals</a> <a href="/openapi.yaml">openapi.yaml</a>';
  document.body.prepend(bar);
});
