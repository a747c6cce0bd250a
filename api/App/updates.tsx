// The worker, and the offer of a newer app: taken when the person says so, never while they are in the middle of something.
import { h } from './jsx';
import { t } from './look';

const anHour = 3_600_000;

export function offerUpdates(notes: HTMLElement): void {
  if (!('serviceWorker' in navigator)) return;
  let taken = false;
  navigator.serviceWorker.addEventListener('controllerchange', () => { if (taken) location.reload(); });
  void navigator.serviceWorker.register('/app/worker.js', { scope: '/app', updateViaCache: 'none' }).then((registration) => {
    let offered: HTMLElement | null = null;
    const offer = (worker: ServiceWorker): void => {
      if (!navigator.serviceWorker.controller) return;
      // Of two, the newest is the one that is taken.
      offered?.remove();
      offered = (
        <div class="note top" role="status">
          <p>{t('应用有新版本。', 'There is a newer version of this app.')}</p>
          <button type="button" class="second" onclick={() => { taken = true; worker.postMessage('take over'); }}>{t('更新', 'Update')}</button>
        </div>
      );
      notes.append(offered);
    };
    if (registration.waiting) offer(registration.waiting);
    registration.addEventListener('updatefound', () => {
      const worker = registration.installing;
      worker?.addEventListener('statechange', () => { if (worker.state === 'installed') offer(worker); });
    });
    setInterval(() => void registration.update().catch(() => undefined), anHour);
  }, () => undefined);
}
