// Receives the events of the preview for all tabs, since a browser allows few connections to a host, and each tab would
// keep one.

/** @type {MessagePort[]} */
const ports = [];
/** @type {string | null} */
let last = null;

const listen = () => {
  const source = new EventSource("events");
  source.onmessage = (event) => {
    last = event.data;
    for (const port of ports) port.postMessage(last);
  };
  source.onerror = () => {
    for (const port of ports) port.postMessage(null);
    // The browser reconnects by itself, unless the response was an error.
    if (source.readyState === EventSource.CLOSED) setTimeout(listen, 1000);
  };
};

addEventListener("connect", (event) => {
  const [port] = /** @type {MessageEvent} */ (event).ports;
  ports.push(port);
  if (last) port.postMessage(last);
});

listen();
