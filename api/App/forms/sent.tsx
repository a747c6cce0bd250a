// A file that is sent as soon as it is chosen, from the camera or from what is on the device.
import { h } from '../jsx';
import { api, must } from '../api';
import { NotTaken, upload } from '../files';
import { t } from '../look';
import { Action, away, Chinese, save, wordsFor } from '../parts';

let made = 0;

/** A file of a case or a complaint, to be saved. */
export const FileLink = ({ id, name, isChinese = false }: { id: string; name: string; isChinese?: boolean }): HTMLElement => (
  <Action label={[t('下载：', 'Download: '), isChinese ? <Chinese>{name}</Chinese> : name, isChinese ? t('', ' (in Chinese)') : '']} kind="second" run={async () => {
    const content = await must(api.GET('/v1/files/{id}', { params: { path: { id } }, parseAs: 'blob' })) as unknown as Blob;
    save(content, `${name}.${endings[content.type.split(';')[0]!] ?? content.type.split('/')[1]}`);
  }} />
);
const endings: Record<string, string> = {
  'image/jpeg': 'jpg', 'text/plain': 'txt', 'text/csv': 'csv', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
};

/** As many files as are chosen, up to so many: once one is sent there is room for the next. */
export class SentFiles {
  readonly element = <div></div>;
  private readonly sent: SentFile[] = [];

  /** @param given What has been sent already. */
  constructor(private readonly label: string, private readonly most: number, given: readonly string[], private readonly changed: () => void) {
    this.room();
    for (const id of given) {
      this.sent.at(-1)!.fill({ id, name: '' });
      this.room();
    }
  }

  get given(): string[] {
    return this.sent.flatMap(({ given }) => given ? [given.id] : []);
  }

  wrongs(): { element: HTMLElement; words: string }[] {
    return this.sent.flatMap((sent) => {
      const words = sent.wrong(false);
      return words ? [{ element: sent.element.parentElement!, words }] : [];
    });
  }

  private room(): void {
    if (this.sent.length >= this.most || this.sent.some(({ given }) => !given)) return;
    const sent = new SentFile(() => { this.room(); this.changed(); });
    this.sent.push(sent);
    this.element.append(<div class="field"><label for={sent.input.id}>{this.label} {this.sent.length}<span class="optional">{t('选填', 'optional')}</span></label>{sent.element}</div>);
  }
}

export class SentFile {
  readonly input: HTMLInputElement = <input type="file" id={`s${++made}`} accept="image/*,application/pdf" /> as HTMLInputElement;
  /** The input as a button in the person's language, and how far it is. */
  readonly element: HTMLElement;
  given: { id: string; name: string } | undefined;
  private readonly told = <p class="hint" role="status"></p>;
  private readonly pick = <span class="button second" aria-hidden="true"></span>;
  private readonly remove = <button type="button" class="plain" hidden onclick={() => { this.clear(); this.changed(); this.input.focus(); }}>{t('移除', 'Remove')}</button>;
  private sending: AbortController | null = null;

  constructor(private readonly changed: () => void) {
    this.element = <div><div class="file">{this.input}{this.pick}</div>{this.told}{this.remove}</div>;
    this.say('');
    this.input.addEventListener('change', () => void this.send());
  }

  fill(given: { id: string; name: string }): void {
    this.given = given;
    this.say(t(`✓ 已上传${given.name && `：${given.name}`}`, `✓ Sent${given.name && `: ${given.name}`}`));
    this.remove.hidden = false;
  }

  /** Says how far it is, and what choosing does then. */
  private say(words: string): void {
    this.told.textContent = words;
    this.told.classList.remove('wrong');
    this.told.classList.toggle('good', this.given !== undefined);
    this.pick.textContent = this.given ? t('更换', 'Replace') : t('拍照或选择文件', 'Take a photo or choose a file');
  }

  /** Takes out what was sent, or is being sent. */
  private clear(): void {
    this.sending?.abort();
    this.sending = null;
    this.given = undefined;
    this.say('');
    this.remove.hidden = true;
  }

  wrong(needed: boolean): string | null {
    if (this.sending) return t('还在上传。', 'This is still being sent.');
    return needed && !this.given ? t('请拍照或选择文件。', 'Take a photograph or choose a file.') : null;
  }

  private async send(): Promise<void> {
    const chosen = this.input.files?.[0];
    if (!chosen) return;
    // The last one chosen is the one that is meant, and what it replaces is not handed in should it fail.
    this.clear();
    this.changed();
    const { signal } = (this.sending = new AbortController());
    this.remove.hidden = false;
    this.input.value = '';
    try {
      const { id } = await upload(chosen, (share, isCut) => {
        const much = Math.round(share * 100);
        this.told.textContent = isCut ? t(`${away()}已上传 ${much}%，连接恢复后继续。`, `${away()} ${much} % is sent; it goes on once there is an answer.`) : t(`正在上传 ${much}%`, `Sending: ${much} %`);
      }, signal);
      this.sending = null;
      this.fill({ id, name: chosen.name });
      this.changed();
    } catch (error) {
      if (signal.aborted) return;
      this.clear();
      this.say(error instanceof NotTaken ? error.message : wordsFor(error));
      this.told.classList.add('wrong');
    }
  }
}
