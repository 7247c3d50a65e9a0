// One ear for all tabs: a browser keeps few connections to one host, and every open tab would hold one for ever.

const ports = [];
let last = null;

const listen = () => {
  const source = new EventSource("events");
  source.onmessage = (event) => {
    last = event.data;
    for (const port of ports) port.postMessage(last);
  };
  source.onerror = () => {
    for (const port of ports) port.postMessage(null);
    // A browser tries again by itself, unless the answer was an error.
    if (source.readyState === EventSource.CLOSED) setTimeout(listen, 1000);
  };
};

onconnect = ({ ports: [port] }) => {
  ports.push(port);
  if (last) port.postMessage(last);
};

listen();
