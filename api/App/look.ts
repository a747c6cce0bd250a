// How the app looks and speaks: chosen on this device, remembered on it, the same in all its tabs. Nothing of it is personal.
type Look = { language: 'zh-CN' | 'en'; text: 'normal' | 'large' | 'largest'; theme: 'system' | 'light' | 'dark' };

const kept = 'onedoor.look';
const own: Look = { language: navigator.language.startsWith('zh') ? 'zh-CN' : 'en', text: 'normal', theme: 'system' };

export const look = (): Look => ({ ...own, ...(JSON.parse(localStorage.getItem(kept) ?? '{}') as Partial<Look>) });

export function choose(change: Partial<Look>): void {
  localStorage.setItem(kept, JSON.stringify({ ...look(), ...change }));
  apply();
}

/** Puts the look onto the page. */
export function apply(): void {
  const { language, text, theme } = look();
  const root = document.documentElement;
  root.lang = language;
  root.dataset['text'] = text;
  if (theme === 'system') delete root.dataset['theme'];
  else root.dataset['theme'] = theme;
}

/** Calls back when another tab has chosen. */
export const onChosenElsewhere = (listener: () => void): void => addEventListener('storage', (event) => {
  if (event.key !== kept) return;
  apply();
  listener();
});

/** One of two texts, in the language chosen. */
export const t = (zh: string, en: string): string => look().language === 'en' ? en : zh;
