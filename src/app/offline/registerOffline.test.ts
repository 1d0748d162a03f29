import { afterEach, describe, expect, it, vi } from 'vitest';
import { registerOffline, type WaitingVersion } from './registerOffline';

interface FakeRegistration extends EventTarget {
  waiting: unknown;
  installing: EventTarget | null;
  update: () => Promise<void>;
}

function fakeContainer(waiting: { postMessage: (message: string) => void } | null, controller: object | null = {}) {
  const events = new EventTarget();
  const registration: FakeRegistration = Object.assign(new EventTarget(), {
    waiting,
    installing: null,
    update: () => Promise.resolve(),
  });
  const container = Object.assign(events, { controller, register: vi.fn(() => Promise.resolve(registration)) });
  return { container: container as unknown as ServiceWorkerContainer, registration };
}

afterEach(() => {
  vi.useRealTimers();
});

describe('a new version', () => {
  it('that was installing when the page asked is offered once it waits', async () => {
    const { container, registration } = fakeContainer(null);
    const installing = Object.assign(new EventTarget(), { state: 'installing', postMessage: vi.fn() });
    registration.installing = installing;
    const onWaiting = vi.fn();
    await registerOffline('/', onWaiting, { container, reload: vi.fn() });
    expect(onWaiting).not.toHaveBeenCalled();
    installing.state = 'installed';
    registration.waiting = installing;
    installing.dispatchEvent(new Event('statechange'));
    expect(onWaiting).toHaveBeenCalledOnce();
  });

  it('that another tab has let take over is offered, and loads at once', async () => {
    const { container } = fakeContainer(null);
    const [onWaiting, reload] = [vi.fn<(version: WaitingVersion) => void>(), vi.fn()];
    await registerOffline('/', onWaiting, { container, reload });
    container.dispatchEvent(new Event('controllerchange'));
    expect(reload).not.toHaveBeenCalled();
    onWaiting.mock.lastCall?.[0].takeOver();
    expect(reload).toHaveBeenCalledOnce();
  });

  it('that does not take over lets the page load anew all the same, and once', async () => {
    vi.useFakeTimers();
    const { container } = fakeContainer({ postMessage: vi.fn() });
    const [onWaiting, reload] = [vi.fn<(version: WaitingVersion) => void>(), vi.fn()];
    await registerOffline('/', onWaiting, { container, reload });
    onWaiting.mock.lastCall?.[0].takeOver();
    vi.advanceTimersByTime(3000);
    container.dispatchEvent(new Event('controllerchange'));
    expect(reload).toHaveBeenCalledOnce();
  });

  it('that waits is offered, takes over when asked to, and then the page loads once', async () => {
    const postMessage = vi.fn();
    const { container } = fakeContainer({ postMessage });
    const [onWaiting, reload] = [vi.fn<(version: WaitingVersion) => void>(), vi.fn()];
    await registerOffline('/', onWaiting, { container, reload });
    onWaiting.mock.lastCall?.[0].takeOver();
    expect(reload).not.toHaveBeenCalled();
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

  it('that is the first to serve is neither offered nor a reason to load anew', async () => {
    const { container } = fakeContainer(null, null);
    const [onWaiting, reload] = [vi.fn(), vi.fn()];
    await registerOffline('/', onWaiting, { container, reload });
    container.dispatchEvent(new Event('controllerchange'));
    expect(onWaiting).not.toHaveBeenCalled();
    expect(reload).not.toHaveBeenCalled();
  });

  it('is no matter where the browser refuses service workers', async () => {
    const { container } = fakeContainer(null);
    vi.mocked(container.register).mockRejectedValue(new Error('denied'));
    await expect(registerOffline('/', vi.fn(), { container, reload: vi.fn() })).resolves.toBeUndefined();
  });
});
