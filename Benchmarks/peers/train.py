"""Times PyTorch's training steps beside `swiftlet bench train`, in turns, and prints the ratio.

    swift build -c release && python3 Benchmarks/peers/train.py --config S --precision bf16 --mode compile

Needs PyTorch (pip install torch); torch.compile needs a C++ compiler. Nothing else in the project needs this script.
Both train the same Llama on eight fixed batches of random tokens with fused AdamW (rate 3e-4, decay 0.1, betas 0.9
and 0.999) and gradients clipped to norm 1; the loss is read back every step. With --distill both train S from a live
teacher by forward KL at temperature 2 over the whole vocabulary.
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time

SIZES = {
    "T": dict(vocabulary=512, hidden=64, layers=2, heads=4, kv=4, ffn=192, length=64, count=32, warmup=10, steps=200),
    "S": dict(vocabulary=4096, hidden=288, layers=6, heads=6, kv=6, ffn=768, length=256, count=16, warmup=2, steps=12),
    "M": dict(vocabulary=4096, hidden=512, layers=8, heads=8, kv=8, ffn=1376, length=512, count=8, warmup=2, steps=6),
    "L": dict(vocabulary=49152, hidden=576, layers=30, heads=9, kv=3, ffn=1536, length=512, count=2, warmup=2, steps=5),
}
TEACHER = dict(SIZES["S"], hidden=576, layers=12, heads=12, kv=12, ffn=1536)


def make_model(size):
    import torch
    from torch import nn
    from torch.nn import functional as F

    head = size["hidden"] // size["heads"]
    groups = size["heads"] // size["kv"]

    def turn(x, cosine, sine):
        left, right = x.chunk(2, dim=-1)
        return torch.cat((left * cosine - right * sine, right * cosine + left * sine), dim=-1)

    class Layer(nn.Module):
        def __init__(self):
            super().__init__()
            width = size["hidden"]
            self.attention_norm = nn.RMSNorm(width, eps=1e-5)
            self.mlp_norm = nn.RMSNorm(width, eps=1e-5)
            self.query = nn.Linear(width, size["heads"] * head, bias=False)
            self.key = nn.Linear(width, size["kv"] * head, bias=False)
            self.value = nn.Linear(width, size["kv"] * head, bias=False)
            self.output = nn.Linear(size["heads"] * head, width, bias=False)
            self.gate = nn.Linear(width, size["ffn"], bias=False)
            self.up = nn.Linear(width, size["ffn"], bias=False)
            self.down = nn.Linear(size["ffn"], width, bias=False)

        def forward(self, x, cosine, sine):
            rows, length, _ = x.shape
            y = self.attention_norm(x)
            split = lambda z, heads: z.view(rows, length, heads, head).transpose(1, 2)
            q = turn(split(self.query(y), size["heads"]), cosine.to(x.dtype), sine.to(x.dtype))
            k = turn(split(self.key(y), size["kv"]), cosine.to(x.dtype), sine.to(x.dtype))
            v = split(self.value(y), size["kv"])
            if groups > 1:
                # PyTorch's fused attention on the CPU wants as many keys as queries.
                k, v = k.repeat_interleave(groups, dim=1), v.repeat_interleave(groups, dim=1)
            seen = F.scaled_dot_product_attention(q, k, v, is_causal=True)
            x = x + self.output(seen.transpose(1, 2).reshape(rows, length, -1))
            y = self.mlp_norm(x)
            return x + self.down(F.silu(self.gate(y)) * self.up(y))

    class Model(nn.Module):
        def __init__(self):
            super().__init__()
            self.embedding = nn.Embedding(size["vocabulary"], size["hidden"])
            self.layers = nn.ModuleList(Layer() for _ in range(size["layers"]))
            self.norm = nn.RMSNorm(size["hidden"], eps=1e-5)
            frequencies = 10_000.0 ** (-torch.arange(0, head, 2).float() / head)
            angles = torch.outer(torch.arange(size["length"]).float(), frequencies)
            self.register_buffer("cosine", angles.cos(), persistent=False)
            self.register_buffer("sine", angles.sin(), persistent=False)
            for parameter in self.parameters():
                if parameter.dim() > 1:
                    nn.init.normal_(parameter, std=0.02)

        def forward(self, tokens):
            x = self.embedding(tokens)
            for layer in self.layers:
                x = layer(x, self.cosine, self.sine)
            return F.linear(self.norm(x), self.embedding.weight)

    return Model()


def run_peer(arguments):
    """One measurement of PyTorch, in this process: prints a JSON line."""
    import torch
    from torch.nn import functional as F

    torch.set_num_threads(arguments.threads)
    torch.manual_seed(0)
    size = SIZES[arguments.config]
    model = make_model(size)
    teacher = make_model(TEACHER).eval().requires_grad_(False) if arguments.distill else None
    optimizer = torch.optim.AdamW(model.parameters(), lr=3e-4, weight_decay=0.1, fused=True)
    data = torch.randint(0, size["vocabulary"], (8, size["count"], size["length"] + 1))

    def loss_of(tokens, labels):
        logits = model(tokens).float().view(-1, size["vocabulary"])
        if teacher is None:
            return F.cross_entropy(logits, labels.reshape(-1))
        with torch.no_grad():
            aim = F.log_softmax(teacher(tokens).float().view(-1, size["vocabulary"]) / 2, -1)
        return 4 * F.kl_div(F.log_softmax(logits / 2, -1), aim, log_target=True, reduction="batchmean")

    forward = torch.compile(loss_of) if arguments.mode == "compile" else loss_of
    seconds, losses = [], []
    for step in range(size["warmup"] + size["steps"]):
        batch = data[step % 8]
        start = time.perf_counter()
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=arguments.precision == "bf16"):
            loss = forward(batch[:, :-1], batch[:, 1:])
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        losses.append(loss.item())
        if step >= size["warmup"]:
            seconds.append(time.perf_counter() - start)
    tokens = size["length"] * size["count"]
    print(json.dumps({
        "tokens_per_second": statistics.median(tokens / s for s in seconds),
        "peak_rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6,
        "loss_first": losses[0], "loss_last": losses[-1],
    }))


def measure(command):
    result = subprocess.run(command, capture_output=True, text=True)
    if result.returncode != 0:
        sys.exit(f"{' '.join(command)}: exit code {result.returncode}\n{result.stderr[-2000:]}")
    # A JSON document, indented or the last of other lines.
    text = result.stdout
    return json.loads(text if text.lstrip().startswith("{") else text.strip().splitlines()[-1])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--config", choices=SIZES, default="S")
    parser.add_argument("--precision", choices=["fp32", "bf16"], default="bf16")
    parser.add_argument("--mode", choices=["eager", "compile"], default="compile")
    parser.add_argument("--distill", action="store_true", help="logit distillation of S from a live teacher")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--pairs", type=int, default=3, help="runs of each, in turns")
    parser.add_argument("--results", help="a JSON file that keeps the last measurement of each case; see table.py")
    parser.add_argument("--swiftlet", default=".build/release/swiftlet")
    parser.add_argument("--peer", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.distill:
        arguments.config = "S"
    if arguments.peer:
        return run_peer(arguments)
    try:
        import torch
    except ImportError:
        return print("skipped: PyTorch is not installed (pip install torch)")

    ours = [arguments.swiftlet, "bench"] + (["distill"] if arguments.distill else ["train", "--config", arguments.config])
    ours += ["--precision", arguments.precision, "--threads", str(arguments.threads), "--json"]
    theirs = [sys.executable, __file__, "--peer", "--config", arguments.config, "--precision", arguments.precision]
    theirs += ["--mode", arguments.mode, "--threads", str(arguments.threads)] + ["--distill"] * arguments.distill
    runs = []
    for pair in range(arguments.pairs):
        runs.append((measure(ours), measure(theirs)))
        speeds = [run["tokens_per_second"] for run in runs[-1]]
        print(f"pair {pair + 1}: swiftlet {speeds[0]:.0f}, torch {speeds[1]:.0f} tokens/s, {speeds[0] / speeds[1]:.2f} x",
              file=sys.stderr)
    ratios = [a["tokens_per_second"] / b["tokens_per_second"] for a, b in runs]
    outcome = {
        "config": "distill" if arguments.distill else arguments.config, "precision": arguments.precision,
        "threads": arguments.threads, "peer": f"torch {torch.__version__} {arguments.mode}",
        "swiftlet_tokens_per_second": [round(a["tokens_per_second"], 1) for a, _ in runs],
        "peer_tokens_per_second": [round(b["tokens_per_second"], 1) for _, b in runs],
        "ratio": round(statistics.median(ratios), 3), "ratios": [round(r, 3) for r in ratios],
        "swiftlet_peak_rss_mb": round(runs[-1][0]["peak_rss_mb"]), "peer_peak_rss_mb": round(runs[-1][1]["peak_rss_mb"]),
        "losses": [[round(x[k], 4) for k in ("loss_first", "loss_last")] for x in runs[-1]],
    }
    print(json.dumps(outcome))
    if arguments.results:
        keep(outcome, arguments.results)


def keep(outcome, path):
    """Replaces the case's entry in the list that the file holds."""
    try:
        with open(path) as file:
            kept = json.load(file)
    except FileNotFoundError:
        kept = []
    case = lambda entry: (entry["config"], entry["precision"])
    kept = [entry for entry in kept if case(entry) != case(outcome)] + [outcome]
    with open(path, "w") as file:
        file.write("[\n" + ",\n".join(json.dumps(entry) for entry in kept) + "\n]\n")


if __name__ == "__main__":
    main()
