"""Runs a program again and again under limits: `python3 run_limited.py PROGRAM FOLDER CASES.json`.

CASES.json is a list of argument lists. Each run is in FOLDER, may use two seconds of a processor, and is killed after a
minute. Prints a JSON list of {"status", "signal", "peak_kb", "out", "err"} in the order of the cases.
"""
import json, os, resource, signal, subprocess, sys, tempfile, threading

PROCESSOR_SECONDS = 2
PATIENCE = 60

def limited():
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

def run(program, folder, arguments):
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = subprocess.Popen([program, *arguments], cwd=folder, stdin=subprocess.DEVNULL, stdout=out, stderr=err, preexec_fn=limited)
        watch = threading.Timer(PATIENCE, child.kill)
        watch.start()
        _, status, used = os.wait4(child.pid, 0)
        watch.cancel()
        child.returncode = 0
        said = []
        for stream in (out, err):
            stream.seek(0)
            said.append(stream.read(1 << 20).decode("utf-8", "replace"))
        ended = {"status": os.WEXITSTATUS(status), "signal": None} if os.WIFEXITED(status) else {"status": None, "signal": os.WTERMSIG(status)}
        return ended | {"peak_kb": used.ru_maxrss, "out": said[0], "err": said[1]}

if __name__ == "__main__":
    program, folder, cases = sys.argv[1:]
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    json.dump([run(program, folder, arguments) for arguments in json.load(open(cases))], sys.stdout)
