// What GraphiQL leaves out for those who cannot see it: its editors have no names, and its tabs hold buttons, which
// tabs must not; they are said to be a group of buttons instead, one of them current.
const names = {
  '.graphiql-query-editor textarea': 'Operation',
  '.graphiql-editor-tool .graphiql-editor:nth-child(1) textarea': 'Variables',
  '.graphiql-editor-tool .graphiql-editor:nth-child(2) textarea': 'Headers',
  '.graphiql-response textarea': 'Answer',
};

function mend(container) {
  for (const [selector, name] of Object.entries(names)) {
    for (const editor of container.querySelectorAll(selector)) set(editor, 'aria-label', name);
  }
  for (const scroller of container.querySelectorAll('.CodeMirror-scroll')) set(scroller, 'tabindex', '0');
  for (const list of container.querySelectorAll('.graphiql-tabs')) set(list, 'role', 'group');
  for (const tab of container.querySelectorAll('.graphiql-tab')) {
    const isCurrent = tab.classList.contains('graphiql-tab-active');
    set(tab, 'role', 'presentation');
    tab.removeAttribute('aria-selected');
    set(tab.querySelector('.graphiql-tab-button'), 'aria-current', String(isCurrent));
  }
  for (const panel of container.querySelectorAll('[role="tabpanel"]')) set(panel, 'role', 'region');
}

// Only what differs is written, or the observer would never rest.
function set(node, attribute, value) {
  if (node && node.getAttribute(attribute) !== value) node.setAttribute(attribute, value);
}

export function makeAccessible(container) {
  new MutationObserver(() => mend(container)).observe(container, { childList: true, subtree: true, attributes: true, attributeFilter: ['class', 'role', 'aria-selected', 'tabindex'] });
}
