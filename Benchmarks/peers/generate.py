"""Times llama.cpp's or transformers' generation beside `swiftlet bench generate`, in turns, and prints the ratios.

    python3 Benchmarks/peers/generate.py --model smollm2-q8_0.gguf --quantization q8_0 --batch 8
    python3 Benchmarks/peers/generate.py --model smollm2-bf16.gguf --quantization bf16 --peer transformers --prompt 512 --new 2

Needs llama-cpp-python, or transformers and gguf, in the Python that runs it. Nothing else in the project needs this script.
All read random tokens and decode in batches to the same length; llama.cpp reads the file in its own type, transformers
in bf16. Theirs feed random tokens back, which costs them no sampling; ours samples.
"""

import argparse
import json
import os
import random
import resource
import statistics
import sys
import time

from train import measure


def report(load, prefill, decode):
    print(json.dumps({
        "load_seconds": load, "prefill_tokens_per_second": statistics.median(prefill),
        "tokens_per_second": statistics.median(decode),
        "peak_rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6,
    }))


def run_llama(arguments):
    """llama.cpp by its C interface."""
    import llama_cpp as llama

    llama.llama_backend_init()
    start = time.perf_counter()
    settings = llama.llama_model_default_params()
    settings.n_gpu_layers = 0
    model = llama.llama_model_load_from_file(arguments.model.encode(), settings)
    load = time.perf_counter() - start
    vocabulary = llama.llama_vocab_n_tokens(llama.llama_model_get_vocab(model))
    context = llama.llama_context_default_params()
    context.n_ctx = arguments.batch * (arguments.prompt + arguments.new) + 64
    context.n_batch, context.n_ubatch, context.n_seq_max = 2048, 512, arguments.batch
    context.n_threads = context.n_threads_batch = arguments.threads
    if hasattr(context, "kv_unified"):
        context.kv_unified = arguments.batch > 1
    state = llama.llama_init_from_model(model, context)
    memory = llama.llama_get_memory(state)

    def decode(places):
        """Reads a random token at each (position, sequence, whether its logits are wanted)."""
        batch = llama.llama_batch_init(len(places), 0, 1)
        batch.n_tokens = len(places)
        for i, (position, sequence, wanted) in enumerate(places):
            batch.token[i], batch.pos[i] = random.randrange(100, vocabulary - 100), position
            batch.n_seq_id[i], batch.seq_id[i][0], batch.logits[i] = 1, sequence, wanted
        status = llama.llama_decode(state, batch)
        llama.llama_synchronize(state)
        llama.llama_batch_free(batch)
        if status != 0:
            sys.exit(f"llama_decode: {status}")

    prefill, speeds = [], []
    for repetition in range(arguments.repetitions + 1):
        llama.llama_memory_clear(memory, True)
        start = time.perf_counter()
        for sequence in range(arguments.batch):
            decode([(i, sequence, i == arguments.prompt - 1) for i in range(arguments.prompt)])
        middle = time.perf_counter()
        for i in range(arguments.new - 1):
            decode([(arguments.prompt + i, sequence, True) for sequence in range(arguments.batch)])
        end = time.perf_counter()
        if repetition > 0:
            prefill.append(arguments.batch * arguments.prompt / (middle - start))
            speeds.append(arguments.batch * (arguments.new - 1) / (end - middle))
    report(load, prefill, speeds)


def run_transformers(arguments):
    os.environ["HF_HUB_OFFLINE"] = "1"
    import torch
    from transformers import AutoModelForCausalLM

    torch.set_num_threads(arguments.threads)
    start = time.perf_counter()
    folder, name = os.path.split(os.path.abspath(arguments.model))
    model = AutoModelForCausalLM.from_pretrained(folder, gguf_file=name, dtype=torch.bfloat16).eval()
    load = time.perf_counter() - start
    prefill, speeds = [], []
    with torch.no_grad():
        for repetition in range(arguments.repetitions + 1):
            tokens = torch.randint(100, model.config.vocab_size - 100, (arguments.batch, arguments.prompt))
            start = time.perf_counter()
            output = model(tokens, use_cache=True, logits_to_keep=1)
            middle = time.perf_counter()
            for _ in range(arguments.new - 1):
                tokens = torch.randint(100, model.config.vocab_size - 100, (arguments.batch, 1))
                output = model(tokens, past_key_values=output.past_key_values, use_cache=True)
            end = time.perf_counter()
            if repetition > 0:
                prefill.append(arguments.batch * arguments.prompt / (middle - start))
                speeds.append(arguments.batch * (arguments.new - 1) / (end - middle))
    report(load, prefill, speeds)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", required=True, help="a GGUF file")
    parser.add_argument("--quantization", default="q8_0", help="ours: fp32, bf16, q8_0 or q4_0")
    parser.add_argument("--peer", choices=["llama.cpp", "transformers"], default="llama.cpp")
    parser.add_argument("--batch", type=int, default=1)
    parser.add_argument("--prompt", type=int, default=64)
    parser.add_argument("--new", type=int, default=64)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--repetitions", type=int, default=3, help="runs in each process")
    parser.add_argument("--pairs", type=int, default=3, help="processes of each, in turns")
    parser.add_argument("--swiftlet", default=".build/release/swiftlet")
    parser.add_argument("--run-peer", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    run = run_llama if arguments.peer == "llama.cpp" else run_transformers
    if arguments.run_peer:
        return run(arguments)
    package = "llama_cpp" if arguments.peer == "llama.cpp" else "transformers"
    try:
        peer = __import__(package)
    except ImportError:
        return print(f"skipped: {package} is not installed")

    shape = ["--model", arguments.model, "--batch", str(arguments.batch), "--prompt", str(arguments.prompt)]
    shape += ["--new", str(arguments.new), "--threads", str(arguments.threads)]
    shape += ["--repetitions", str(arguments.repetitions)]
    ours = [arguments.swiftlet, "bench", "generate", "--quantization", arguments.quantization, *shape, "--json"]
    theirs = [sys.executable, __file__, "--run-peer", "--peer", arguments.peer, *shape]
    runs = [(measure(ours), measure(theirs)) for _ in range(arguments.pairs)]
    outcome = {
        "model": os.path.basename(arguments.model), "quantization": arguments.quantization, "batch": arguments.batch,
        "prompt": arguments.prompt, "new": arguments.new, "threads": arguments.threads,
        "peer": f"{arguments.peer} ({package} {peer.__version__})",
    }
    for key in ("tokens_per_second", "prefill_tokens_per_second"):
        ratios = [a[key] / b[key] for a, b in runs]
        outcome[key] = {
            "swiftlet": [round(a[key], 1) for a, _ in runs], "peer": [round(b[key], 1) for _, b in runs],
            "ratio": round(statistics.median(ratios), 2), "ratios": [round(ratio, 2) for ratio in ratios]}
    for key in ("load_seconds", "peak_rss_mb"):
        outcome[key] = [round(statistics.median(run[side][key] for run in runs), 3) for side in (0, 1)]
    print(json.dumps(outcome))


if __name__ == "__main__":
    main()
