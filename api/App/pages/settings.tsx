// How the app looks, what it keeps on this device, and the way out.
import { h } from '../jsx';
import { codes, fresh } from '../codes';
import * as kept from '../kept';
import { choose, look, t } from '../look';
import * as outbox from '../outbox';
import { Action, page, signIn, type Page } from '../parts';
import * as session from '../session';

export async function settingsPage(): Promise<Page> {
  const { language, text, theme } = look();
  const person = session.person();
  return page(
    t('设置', 'Settings'),
    person
      ? <section><p>{t('已登录：', 'Signed in: ')}<strong>{person.name}</strong></p><Action label={t('退出登录', 'Sign out')} kind="second" run={signOut} /></section>
      : session.canSignIn() ? <section><Action label={t('登录', 'Sign in')} run={signIn} /></section> : null,
    // The session may have run out, or the app may have started without a connection.
    !person && (session.wasSignedIn() || session.holdsTab() || await kept.owner().catch(kept.withoutRoom))
      ? <section><p>{t('本机还保存着上次登录的内容。', 'What was kept for who signed in last is still here.')}</p><Action label={t('删除本机保存的内容', 'Delete what is kept here')} kind="second" run={signOut} /></section> : null,
    session.isHalfEnded() ? <p class="note" role="status">{t('您已在本机退出登录，但当时未能通知身份服务器。下次在本机登录须重新输入密码。', 'You are signed out on this device, but the identity server could not be told. The next sign-in here asks for the password.')}</p> : null,
    <section>
      <h2>{t('显示', 'Display')}</h2>
      {choice('language', t('语言', 'Language'), language, [['zh-CN', '中文'], ['en', 'English']])}
      {choice('text', t('文字大小', 'Text size'), text, [['normal', t('标准', 'Normal')], ['large', t('大', 'Large')], ['largest', t('特大', 'Largest')]])}
      {choice('theme', t('外观', 'Colours'), theme, [['system', t('跟随系统', 'As the device')], ['light', t('浅色', 'Light')], ['dark', t('深色', 'Dark')]])}
    </section>,
    <section>
      <h2>{t('本机保存的内容', 'What is kept on this device')}</h2>
      <ul>
        <li>{t('应用本身，以便没有网络时也能打开。', 'The app itself, so that it opens without a connection.')}</li>
        <li>{t('语言、文字大小和外观。', 'Language, text size and colours.')}</li>
        <li>{t('登录后：您的办件、证照、预约、投诉、评价和通知上次的情况，写了一半的内容，以及尚未发出的内容。退出登录时全部删除；登录已失效时，可以在本页删除。', 'Once you have signed in: your cases, licences, visits, complaints, ratings and inbox as last seen, what is half written, and what could not be sent yet. Signing out deletes it; when the session has run out it can be deleted on this page.')}</li>
      </ul>
      <p class="hint">{t('登录凭证只在本页面的内存中，从不保存。', 'What proves who you are stays in this page’s memory and is never stored.')}</p>
      <p><a href="/app/reset">{t('应用打不开或不对劲？重置应用', 'Something is wrong with the app? Reset it')}</a></p>
    </section>,
  );
}

function choice<Name extends keyof ReturnType<typeof look>>(name: Name, label: string, value: string, options: [string, string][]): HTMLElement {
  return (
    <fieldset class="choice">
      <legend>{label}</legend>
      {options.map(([code, words]) => (
        <label class="pick"><input type="radio" name={name} value={code} checked={code === value} onchange={() => {
          choose({ [name]: code });
          if (name === 'language') dispatchEvent(new HashChangeEvent('hashchange'));
        }} />{words}</label>
      ))}
    </fieldset>
  );
}

async function signOut(): Promise<void> {
  const entries = await outbox.entries();
  const waiting = entries.filter(({ outcome }) => !outcome).length;
  const given = fresh.size + entries.filter(({ outcome }) => outbox.hasCode(outcome)).length;
  if (waiting > 0 && !confirm(t(`有 ${waiting} 项尚未发出，会一并删除。仍要继续？`, `${waiting} not sent yet will be deleted. Go on?`))) return;
  if (given > 0 && !confirm(t('有匿名投诉的查询码还没有保存，之后无法再查看。仍要继续？', 'The code of an anonymous complaint has not been kept yet and cannot be shown again. Go on?'))) return;
  outbox.stop();
  codes.clear();
  fresh.clear();
  await session.signOut(kept.forget);
  dispatchEvent(new HashChangeEvent('hashchange'));
}
