import { describe, expect, it, vi } from 'vitest';
import { registerOffline, type WaitingVersion } from './registerOffline';

interface FakeRegistration extends EventTarget {
  waiting: unknown;
  installing: EventTarget | null;
  update: () => Promise<void>;
}

function fakeContainer(waiting: { postMessage: (message: string) => void } | null, controller: object | null = {}) {
  const events = new EventTarget();
  const registration: FakeRegistration = Object.assign(new EventTarget(), { waiting, installing: null, update: () => Promise.resolve() });
  const container = Object.assign(events, { controller, register: vi.fn(() => Promise.resolve(registration)) });
  return { container: container as unknown as ServiceWorkerContainer, registration };
}

describe('a new version', () => {
  it('that waits is offered, takes over when asked to, and then the page loads once', async () => {
    const postMessage = vi.fn();
    const { container } = fakeContainer({ postMessage });
    const [onWaiting, reload] = [vi.fn<(version: WaitingVersion) => void>(), vi.fn()];
    await registerOffline('/', onWaiting, { container, reload });
    container.dispatchEvent(new Event('controllerchange'));
    expect(reload).not.toHaveBeenCalled();
    onWaiting.mock.lastCall?.[0].takeOver();
    expect(postMessage).toHaveBeenCalledWith('take-over');
    container.dispatchEvent(new Event('controllerchange'));
    expect(reload).toHaveBeenCalledOnce();
  });

  it.each([
    ['is offered once it is installed', {}, 1],
    ['is the first there is, and needs no word', null, 0],
  ])('found later %s', async (_, controller, offers) => {
    const { container, registration } = fakeContainer(null, controller);
    const onWaiting = vi.fn();
    await registerOffline('/', onWaiting, { container, reload: vi.fn() });
    const installing = Object.assign(new EventTarget(), { state: 'installed', postMessage: vi.fn() });
    registration.installing = installing;
    registration.dispatchEvent(new Event('updatefound'));
    installing.dispatchEvent(new Event('statechange'));
    expect(onWaiting).toHaveBeenCalledTimes(offers);
  });

  it('is no matter where the browser refuses service workers', async () => {
    const { container } = fakeContainer(null);
    vi.mocked(container.register).mockRejectedValue(new Error('denied'));
    await expect(registerOffline('/', vi.fn(), { container, reload: vi.fn() })).resolves.toBeUndefined();
  });
});
