// A file that is sent as soon as it is chosen, from the camera or from what is on the device.
import { h } from '../jsx';
import { NotTaken, upload } from '../files';
import { t } from '../look';
import { wordsFor } from '../parts';

let made = 0;

export class SentFile {
  readonly input: HTMLInputElement = <input type="file" id={`s${++made}`} accept="image/*,application/pdf" /> as HTMLInputElement;
  /** The input as a button in the person's language, and how far it is. */
  readonly element: HTMLElement;
  given: { id: string; name: string } | undefined;
  private readonly told = <p class="hint" role="status"></p>;
  private isRunning = false;

  constructor(private readonly changed: () => void) {
    this.element = <div><div class="file">{this.input}<span class="button second" aria-hidden="true">{t('拍照或选择文件', 'Photograph or file')}</span></div>{this.told}</div>;
    this.input.addEventListener('change', () => void this.send());
  }

  fill(given: { id: string; name: string }): void {
    this.given = given;
    this.told.textContent = t(`已上传${given.name && `：${given.name}`}`, `Sent${given.name && `: ${given.name}`}`);
  }

  wrong(needed: boolean): string | null {
    if (this.isRunning) return t('还在上传。', 'This is still being sent.');
    return needed && !this.given ? t('请拍照或选择文件。', 'Take a photograph or choose a file.') : null;
  }

  private async send(): Promise<void> {
    const chosen = this.input.files?.[0];
    if (!chosen) return;
    this.isRunning = true;
    try {
      const { id } = await upload(chosen, (share) => { this.told.textContent = t(`正在上传 ${Math.round(share * 100)}%`, `Sending: ${Math.round(share * 100)} %`); });
      this.fill({ id, name: chosen.name });
      this.changed();
    } catch (error) {
      this.told.textContent = error instanceof NotTaken ? error.message : wordsFor(error);
    } finally {
      this.isRunning = false;
      this.input.value = '';
    }
  }
}
