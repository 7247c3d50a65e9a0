// Two more browsers behind one interface: open an address, run a function in the page, print if the browser can.
// Firefox is driven by puppeteer-core over WebDriver BiDi; WebKitGTK by its own WebDriver, on a virtual screen (Xvfb).
import { spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import puppeteer from "puppeteer-core";
import { PATIENCE } from "./browser.mjs";

const [WIDTH, HEIGHT] = [1280, 900];
const PATH = [...(process.env.PATH ?? "").split(":"), "/usr/bin"];

// The path of a program, or an error that says what to install.
function program(name, packages) {
  const found = PATH.map((folder) => join(folder, name)).find(existsSync);
  if (!found) throw new Error(`no ${name}: apt-get install ${packages}`);
  return found;
}

export async function firefox() {
  const executablePath = program("firefox-esr", "firefox-esr");
  const browser = await puppeteer.launch({ browser: "firefox", executablePath, headless: true, timeout: PATIENCE });
  const page = await browser.newPage();
  page.setDefaultTimeout(PATIENCE);
  await page.setViewport({ width: WIDTH, height: HEIGHT });
  return {
    open: (address) => page.goto(address),
    run: (script, ...values) => page.evaluate(script, ...values),
    print: async () => Buffer.from(await page.pdf({ format: "A4" })),
    close: () => browser.close(),
  };
}

export async function webkit() {
  const driver = program("WebKitWebDriver", "webkit2gtk-driver");
  const screen = spawn(program("Xvfb", "xvfb"), ["-displayfd", "3", "-screen", "0", "1600x1200x24", "-nolisten", "tcp"], {
    stdio: ["ignore", "ignore", "ignore", "pipe"],
  });
  const display = String(await first(screen.stdio[3])).trim();
  const env = { ...process.env, DISPLAY: `:${display}`, WEBKIT_DISABLE_COMPOSITING_MODE: "1", WEBKIT_DISABLE_DMABUF_RENDERER: "1" };
  const { server, port } = await startDriver(driver, env);
  const call = (method, path, body) => command(`http://127.0.0.1:${port}${path}`, method, body);
  const browserOptions = { binary: miniBrowser(), args: ["--automation"] };
  const session = await call("POST", "/session", { capabilities: { alwaysMatch: { "webkitgtk:browserOptions": browserOptions } } });
  const base = `/session/${session.sessionId}`;
  await call("POST", `${base}/window/rect`, { width: WIDTH, height: HEIGHT });
  return {
    open: (url) => call("POST", `${base}/url`, { url }),
    run: (script, ...args) => call("POST", `${base}/execute/sync`, { script: `return (${script})(...arguments)`, args }),
    // The driver has no command for it.
    print: null,
    close: async () => {
      await call("DELETE", base);
      server.kill();
      screen.kill();
    },
  };
}

// Starts a driver that listens. It wants to be told its port, which another program may have taken in the meantime.
async function startDriver(driver, env) {
  const end = Date.now() + PATIENCE;
  while (Date.now() < end) {
    const port = await freePort();
    const server = spawn(driver, [`--port=${port}`, "--host=127.0.0.1"], { env, stdio: "ignore" });
    if (await listens(server, port, end)) return { server, port };
    server.kill();
  }
  throw new Error("WebKitWebDriver does not start");
}

// Does a driver come to answer on this port, or does it end?
async function listens(driver, port, end) {
  while (driver.exitCode === null && Date.now() < end) {
    const status = await command(`http://127.0.0.1:${port}/status`, "GET").catch(() => null);
    if (status) return true;
    await new Promise((done) => setTimeout(done, 100));
  }
  return false;
}

// A port of this machine that nothing listens on.
async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((done) => server.once("listening", done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

const first = (stream) => new Promise((done) => stream.once("data", done));

// Asks a driver for one thing.
async function command(url, method, body) {
  const answer = await fetch(url, { method, body: body && JSON.stringify(body) });
  const { value } = await answer.json();
  if (!answer.ok) throw new Error(`${value.error}: ${value.message}`);
  return value;
}

// The browser that comes with the library, in a folder named by its version.
function miniBrowser() {
  const folders = readdirSync("/usr/lib").flatMap((folder) =>
    ["4.1", "6.0", "4.0"].map((version) => `/usr/lib/${folder}/webkit2gtk-${version}`),
  );
  const found = folders.map((folder) => join(folder, "MiniBrowser")).find(existsSync);
  if (!found) throw new Error("no MiniBrowser of WebKitGTK: apt-get install webkit2gtk-driver");
  return found;
}
