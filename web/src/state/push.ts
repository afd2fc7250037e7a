/** Web Push of this browser: asked for only when the visitor says so. */
import { send } from '../api/client';

export function can_push(): boolean {
  return 'serviceWorker' in navigator && 'PushManager' in globalThis && 'Notification' in globalThis;
}

/** Asks the visitor, then the browser's push service, then tells the server. False where the visitor said no. */
export async function subscribe(public_key: string): Promise<boolean> {
  if ((await Notification.requestPermission()) !== 'granted') return false;
  const registration = await navigator.serviceWorker.ready;
  const subscription = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: public_key });
  const { endpoint, keys } = subscription.toJSON();
  await send('POST', '/v1/push', { endpoint, keys: { p256dh: keys?.p256dh, auth: keys?.auth } });
  return true;
}

/** Ends this browser's subscription, if it has one. */
export async function unsubscribe(): Promise<void> {
  const registration = await navigator.serviceWorker.ready;
  await (await registration.pushManager.getSubscription())?.unsubscribe();
}
