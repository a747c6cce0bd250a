// What is handed in: a photograph or a file for each material. What a licence proves is not asked for.
import { h } from '../jsx';
import type { Schema } from '../api';
import type { Given } from '../application';
import { t } from '../look';
import { tx } from '../words';
import { SentFile } from './sent';

export class MaterialFields {
  readonly element: HTMLElement;
  private readonly fields: { material: Schema['Material']; sent: SentFile; element: HTMLElement; isNeeded: boolean }[];
  private covered: readonly string[] = [];

  /**
   * @param asked What can be handed in.
   * @param isNeeded Whether it has to be.
   * @param given What has been sent already.
   */
  constructor(asked: Schema['Material'][], isNeeded: (material: Schema['Material']) => boolean, given: Given[], changed: () => void) {
    this.fields = asked.map((material) => {
      const sent = new SentFile(changed);
      const before = given.find(({ code }) => code === material.code);
      if (before) sent.fill({ id: before.file, name: before.name });
      const needed = isNeeded(material);
      const element = (
        <div class="field">
          <label for={sent.input.id}>{tx(material.name)}{needed ? null : <span class="optional">{material.required ? t('也可以在通知补正时提交', 'or when you are asked for it') : t('选交', 'if it applies')}</span>}</label>
          {sent.element}
        </div>
      );
      return { material, sent, element, isNeeded: needed };
    });
    this.element = (
      <div>
        <p class="hint">{t('图片或 PDF，每个不超过 20 MB。照片中的拍摄位置等信息会先去除。', 'Pictures or PDF, 20 MB at most each. The place a photo was taken is removed before it is sent.')}</p>
        {this.fields.map(({ element }) => element)}
      </div>
    );
    this.stand('/materials');
  }

  get isEmpty(): boolean {
    return this.fields.length === 0;
  }

  value(): Given[] {
    return this.asked.filter(({ sent }) => sent.given).map(({ material, sent }) => ({ code: material.code, name: sent.given!.name, file: sent.given!.id }));
  }

  /** Hides what something else stands in for. */
  ask(covered: readonly string[]): void {
    this.covered = covered;
    for (const { material, element } of this.fields) element.hidden = covered.includes(material.code);
  }

  /** Says where each stands among what is sent, or by which name it is missed, so that what is refused is shown at it. */
  stand(pointer: string): void {
    let at = 0;
    for (const { element } of this.fields) delete element.dataset['pointer'];
    for (const { material, sent, element } of this.asked) element.dataset['pointer'] = `${pointer}/${sent.given ? at++ : material.code}`;
  }

  private get asked(): typeof this.fields {
    return this.fields.filter(({ material }) => !this.covered.includes(material.code));
  }

  *wrongs(): Generator<{ element: HTMLElement; words: string }> {
    for (const { sent, element, isNeeded } of this.asked) {
      const words = sent.wrong(isNeeded);
      if (words) yield { element, words };
    }
  }
}
