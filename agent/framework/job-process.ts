// What: the program of a job's process, bundled with ours so that both share one copy of the framework.
// Why: the framework would start its own file, which loads 900 small files and a second copy of what agents import.
// Upstream: none reported. The package would have to export it.
import '@/node_modules/@livekit/agents/dist/ipc/job_proc_lazy_main.js';
