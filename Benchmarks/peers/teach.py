"""Teaches from llama.cpp's server, kills it in the middle, and counts what was asked again after it was answered.

    python3 Benchmarks/peers/teach.py --work DIR

Needs llama-cpp-python[server] in the Python that runs it; nothing else in the project needs this script. It exports
the bundled teacher as GGUF, starts `python -m llama_cpp.server` on it, and runs `swiftlet teach` with a recipe of
finance problems, 8 requests in flight as the proxy between the two counts them (the server answers one at a time). The
proxy notes each request by the hash of its body and each answer that went out whole. After a third of the answers the server is killed (SIGKILL); the proxy closes its
port with it, and opens it when the server is back. Then the same command runs again, and must ask nothing. Exit code 1
when a finished request was repeated, one was left without an answer, or fewer than 8 were in flight.
"""

import argparse
import hashlib
import http.client
import importlib.util
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

IN_FLIGHT = 8
START_SECONDS = 120  # within which the server must answer


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Tally:
    """What went through the proxy, by the hash of a request's body."""

    def __init__(self):
        self.lock = threading.Lock()
        self.sent, self.finished, self.repeated = Counter(), Counter(), Counter()
        self.statuses = Counter()
        self.broken = self.in_flight = self.most_in_flight = 0

    def begin(self, key):
        with self.lock:
            self.sent[key] += 1
            if self.finished[key]:
                self.repeated[key] += 1
            self.in_flight += 1
            self.most_in_flight = max(self.most_in_flight, self.in_flight)

    def end(self, key, status):
        """`status` is None for an answer that did not come or did not go out whole."""
        with self.lock:
            self.in_flight -= 1
            if status is None:
                self.broken += 1
            else:
                self.statuses[status] += 1
                self.finished[key] += status == 200

    def answered(self):
        with self.lock:
            return sum(self.finished.values())


class Proxy:
    """Passes requests on to the server, and keeps its port closed while there is none."""

    def __init__(self, server_port, tally):
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                key, status = hashlib.sha256(body).hexdigest(), None
                tally.begin(key)
                try:
                    connection = http.client.HTTPConnection("127.0.0.1", server_port)
                    connection.request("POST", self.path, body, {"Content-Type": "application/json"})
                    response = connection.getresponse()
                    answer = response.read()
                    self.send_response(response.status)
                    self.send_header("Content-Type", response.getheader("Content-Type", "application/json"))
                    self.send_header("Content-Length", str(len(answer)))
                    self.end_headers()
                    self.wfile.write(answer)
                    status = response.status
                except (OSError, http.client.HTTPException):
                    # As the dead server does: the connection ends without an answer.
                    self.close_connection = True
                finally:
                    tally.end(key, status)

            def log_message(self, *_):
                pass

        self.handler, self.port = Handler, 0
        self.open()

    def open(self):
        self.listener = ThreadingHTTPServer(("127.0.0.1", self.port), self.handler)
        self.port = self.listener.server_port
        threading.Thread(target=self.listener.serve_forever, daemon=True).start()

    def close(self):
        self.listener.shutdown()
        self.listener.server_close()


class LlamaServer:
    def __init__(self, model, port, threads, log):
        self.port, self.process = port, None
        self.command = [
            sys.executable, "-m", "llama_cpp.server", "--model", model, "--model_alias", "teacher-6m",
            "--n_ctx", "512", "--n_threads", str(threads), "--host", "127.0.0.1", "--port", str(port)]
        self.log = log

    def start(self):
        self.process = subprocess.Popen(self.command, stdout=self.log, stderr=self.log)
        deadline = time.monotonic() + START_SECONDS
        while not self.answers():
            if self.process.poll() is not None:
                sys.exit(f"llama_cpp.server ended with {self.process.returncode}; see {self.log.name}")
            if time.monotonic() > deadline:
                sys.exit(f"llama_cpp.server did not answer within {START_SECONDS} s; see {self.log.name}")
            time.sleep(0.2)

    def answers(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/v1/models")
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def kill(self):
        end(self.process)


def end(process):
    """Kills one process of ours, if it was started and still runs."""
    if process is not None:
        process.kill()
        process.wait()


def teach(arguments, proxy, overwrites=False):
    command = [
        arguments.swiftlet, "teach", arguments.recipe, "--output", os.path.join(arguments.work, "traces"),
        "--store", os.path.join(arguments.work, "store.sqlite"), "--json",
        "--set", f"teacher.base_url=http://127.0.0.1:{proxy.port}/v1", "--set", f"teacher.concurrency={IN_FLIGHT}",
        "--set", f"dataset.prompts={arguments.prompts}"]
    if arguments.retries is not None:
        command += ["--set", f"teacher.retries={arguments.retries}"]
    with open(os.path.join(arguments.work, "teach.log"), "a") as log:
        return subprocess.Popen(command + ["--overwrite"] * overwrites, stdout=subprocess.PIPE, stderr=log, text=True)


def result(process):
    output, _ = process.communicate()
    return json.loads(output) if process.returncode == 0 else None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", required=True, help="an empty folder for the export, the store and the traces")
    parser.add_argument("--recipe", default="Datasets/finance/teach-llama.yaml")
    parser.add_argument("--model", default="Models/teacher-6m")
    parser.add_argument("--prompts", type=int, default=120)
    parser.add_argument("--down", type=float, default=3, help="seconds between the server's death and its next start")
    parser.add_argument("--retries", type=int, help="fewer make teach give up; the same command then goes on")
    parser.add_argument("--threads", type=int, default=2, help="of the server")
    parser.add_argument("--swiftlet", default=".build/release/swiftlet")
    arguments = parser.parse_args()
    for package in ("llama_cpp", "fastapi", "uvicorn", "sse_starlette", "starlette_context", "pydantic_settings"):
        if importlib.util.find_spec(package) is None:
            return print(f"skipped: {package} is not installed (pip install 'llama-cpp-python[server]')")
    import llama_cpp

    os.makedirs(arguments.work, exist_ok=True)
    if os.listdir(arguments.work):
        sys.exit(f"{arguments.work}: expected an empty folder, as a store in it may know the answers")
    file = os.path.join(arguments.work, "teacher.gguf")
    subprocess.run(
        [arguments.swiftlet, "export", arguments.model, file, "--type", "f16"], check=True, stdout=subprocess.DEVNULL)
    tally = Tally()
    log = open(os.path.join(arguments.work, "server.log"), "w")
    server = LlamaServer(file, free_port(), arguments.threads, log)
    proxy, process, deaths, sittings, report = Proxy(server.port, tally), None, 0, 0, None
    try:
        server.start()
        start = time.perf_counter()
        # `teach` waits two minutes and more for a server; where that was too short, the same command goes on.
        while report is None and sittings < 3:
            sittings += 1
            process = teach(arguments, proxy)
            while deaths == 0 and process.poll() is None:
                if tally.answered() >= arguments.prompts // 3:
                    deaths += 1
                    proxy.close()
                    server.kill()
                    time.sleep(arguments.down)
                    server.start()
                    proxy.open()
                time.sleep(0.02)
            report = result(process)
        seconds = time.perf_counter() - start
        asked = sum(tally.sent.values())
        process = teach(arguments, proxy, overwrites=True)
        again = result(process)
    finally:
        end(process)
        proxy.close()
        server.kill()
        log.close()
    if report is None or again is None:
        sys.exit(f"swiftlet teach failed in {sittings} sittings, {tally.answered()} answers came; see teach.log")
    outcome = {
        "peer": f"llama.cpp (llama_cpp {llama_cpp.__version__})", "prompts": report["prompts"],
        "requests": report["requests"]["all"], "answers": report["answers"], "kept": report["kept"],
        "dropped": {step: count for step, count in report["dropped"].items() if count},
        "most_in_flight": tally.most_in_flight, "requests_sent": asked, "broken_off": tally.broken,
        "statuses": dict(tally.statuses), "finished": sum(tally.finished.values()),
        "repeated_after_finished": sum(tally.repeated.values()), "server_deaths": deaths, "sittings": sittings,
        "asked_by_the_same_command_later": sum(tally.sent.values()) - asked,
        "kept_by_the_same_command_later": again["kept"], "seconds": round(seconds, 1),
    }
    print(json.dumps(outcome))
    right = (
        deaths == 1 and outcome["finished"] == outcome["requests"] == len(tally.finished)
        and outcome["repeated_after_finished"] == 0 and outcome["asked_by_the_same_command_later"] == 0
        and tally.most_in_flight >= IN_FLIGHT and again["kept"] == report["kept"])
    sys.exit(0 if right else 1)


if __name__ == "__main__":
    main()
