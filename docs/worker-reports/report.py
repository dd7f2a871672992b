"""Reports a LiveKit worker to Callboard at CALLBOARD_URL: `report(server, "my-agent", max_jobs=10)` before `cli.run_app`."""
import base64, hashlib, json, logging, os, threading, time, urllib.request, uuid
from livekit.api import AccessToken

def send(path, kind, message):
    body = json.dumps(message).encode()
    sha256 = base64.b64encode(hashlib.sha256(body).digest()).decode()
    token = AccessToken().with_kind(kind).with_sha256(sha256).to_jwt()
    headers = {"content-type": "application/json", "authorization": f"Bearer {token}"}
    request = urllib.request.Request(os.environ["CALLBOARD_URL"] + path, body, headers)
    with urllib.request.urlopen(request, timeout=30) as response:
        while response.read(1): pass  # The lifeline stays open until this process dies.

def repeat(seconds, action):
    problem = ""
    while True:
        try: action()
        except Exception as error:
            if str(error) != problem: logging.warning("Callboard: %s", problem := str(error))
        time.sleep(seconds)

def report(server, agent, max_jobs=10):
    worker, deployment = str(uuid.uuid4()), os.environ.get("LIVEKIT_AGENT_DEPLOYMENT", "")
    def reports():
        jobs = [{"room": j.job.room.name, "identity": j.accept_arguments.identity} for j in server.active_jobs]
        state = "starting" if server.id == "unregistered" else "draining" if server.draining else "live"
        message = {"worker": worker, "agent": agent, "deployment": deployment, "state": state, "maxJobs": max_jobs, "jobs": jobs}
        send("/api/workers/reports", "callboard-worker-report", [message])
    def start():
        threading.Thread(target=repeat, args=(2, reports), daemon=True).start()
        threading.Thread(target=repeat, args=(0.1, lambda: send("/api/workers/lifeline", "callboard-worker-lifeline", {"worker": worker})), daemon=True).start()
    server.once("worker_started", start)
