// What the view ran on: device, network, language. Nothing here makes the browser lay out.

import type * as B from "./beacon";
import type { Collector } from "./collector";
import { attempt } from "./guard";
import { cut, span } from "./text";

interface Connection {
  effectiveType?: string;
  rtt?: number;
  downlink?: number;
  saveData?: boolean;
}

let device: B.Device | undefined;

const matches = (query: string): boolean => matchMedia(query).matches;

const readDevice = (): B.Device => ({
  // The screen, not the window: asking for the window's size would lay the page out.
  width: screen.width,
  height: screen.height,
  dpr: devicePixelRatio,
  memory: (navigator as { deviceMemory?: number }).deviceMemory,
  cores: navigator.hardwareConcurrency || undefined,
  touch: navigator.maxTouchPoints > 0,
  reduced_motion: matches("(prefers-reduced-motion: reduce)"),
  standalone: matches("(display-mode: standalone)"),
});

const readNetwork = (): B.Network | undefined => {
  const connection = (navigator as { connection?: Connection }).connection;
  return (
    connection && {
      type: connection.effectiveType && cut(connection.effectiveType, 40),
      rtt: span(connection.rtt),
      downlink: connection.downlink,
      save_data: connection.saveData,
    }
  );
};

export const surroundings: Collector = {
  begin: () => undefined,
  fill: (beacon) => {
    device ??= attempt(readDevice, undefined);
    beacon.device = device;
    beacon.network = attempt(readNetwork, undefined);
    beacon.language = navigator.language ? cut(navigator.language, 35) : undefined;
  },
};
