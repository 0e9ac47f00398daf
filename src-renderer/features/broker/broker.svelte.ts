import type { BrokerView } from '../../../src-main/contract/broker-view';
import { listen, request } from '../../api';
import { app } from '../../app-state.svelte';

/** The broker whose workers train fleets, as the main process tells of it: its password never comes here. */
class BrokerPanel {
  view = $state.raw<BrokerView | null>(null);
  /** From the press of a button until it was done. */
  isSaving = $state(false);

  /** Call once. */
  connect(): void {
    listen('broker', (view) => (this.view = view));
  }

  /** Turns to the broker that is set. */
  async look(): Promise<void> {
    await app.attempt(async () => {
      this.view = await request('readBroker');
    });
  }

  /** @returns whether it was taken */
  async save(address: string | null): Promise<boolean> {
    this.isSaving = true;
    let isTaken = false;
    try {
      await app.attempt(async () => {
        this.view = await request('saveBroker', { address });
        isTaken = true;
      });
      return isTaken;
    } finally {
      this.isSaving = false;
    }
  }
}

export const brokerPanel = new BrokerPanel();
