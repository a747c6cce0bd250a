// Elements written as markup: <p class="hint">…</p> makes a real paragraph at once. There is no other framework in this app.
export type Child = Node | string | number | boolean | null | undefined | Child[];

declare global {
  namespace JSX {
    type Element = HTMLElement;
    interface ElementChildrenAttribute { children: unknown }
    interface IntrinsicElements { [tag: string]: Record<string, unknown> }
  }
}

/** Makes an element. Attributes that begin with "on" are listeners; false, null and undefined leave an attribute out, true has it empty. */
export function h(tag: string | ((attributes: never, ...children: Child[]) => HTMLElement), attributes: Record<string, unknown> | null, ...children: Child[]): HTMLElement {
  if (typeof tag === 'function') return tag({ ...attributes, children } as never);
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === false || value == null) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value as EventListener);
    else if (name === 'value') (element as HTMLInputElement).value = String(value);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  append(element, children);
  if (tag === 'select' && attributes?.['value'] != null) (element as HTMLSelectElement).value = String(attributes['value']);
  return element;
}

/** Several elements without one around them; they are put in by the element they stand in. */
export function Fragment({ children }: { children?: Child }): HTMLElement {
  const fragment = document.createDocumentFragment();
  append(fragment, [children]);
  return fragment as unknown as HTMLElement;
}

function append(parent: Node, children: Child[]): void {
  for (const child of children) {
    if (Array.isArray(child)) append(parent, child);
    else if (child instanceof Node) parent.appendChild(child);
    else if (typeof child === 'string' || typeof child === 'number') parent.appendChild(document.createTextNode(String(child)));
  }
}
