"""Times TRL's GRPO steps beside `swiftlet bench grpo`, in turns, and prints the ratio.

    swift build -c release && python3 Benchmarks/peers/grpo.py --config S --precision bf16 --peer-precision fp32

Needs PyTorch, transformers, trl and datasets (pip install torch transformers trl datasets); nothing else in the project
needs this script. Both sample groups of 8 answers of exactly 64 tokens to prompts of 32 random tokens (S: 8 prompts, L: 2),
compute the log-probabilities of a reference model (beta 0.04) and make one AdamW update with gradients clipped to norm 1.
Rewards cost nothing on either side. The first step of each run warms up and is left out.
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time

SIZES = {
    "S": dict(prompts=8, vocab_size=4096, hidden_size=288, num_hidden_layers=6, num_attention_heads=6,
              num_key_value_heads=6, intermediate_size=768),
    "L": dict(prompts=2, vocab_size=49152, hidden_size=576, num_hidden_layers=30, num_attention_heads=9,
              num_key_value_heads=3, intermediate_size=1536),
}
GROUP, PROMPT, NEW, BETA = 8, 32, 64, 0.04


def run_peer(arguments):
    """One process of TRL; prints its measurement."""
    import os
    import random
    os.environ.update(HF_HUB_OFFLINE="1", TOKENIZERS_PARALLELISM="false", CUDA_VISIBLE_DEVICES="")
    import torch
    import transformers
    from datasets import Dataset
    from tokenizers import Tokenizer, models, pre_tokenizers
    from trl import GRPOConfig, GRPOTrainer

    torch.set_num_threads(arguments.threads)
    torch.manual_seed(1)
    random.seed(1)
    size = dict(SIZES[arguments.config])
    prompts = size.pop("prompts")
    words = {"[pad]": 0, "[end]": 1, "[other]": 2} | {f"t{i}": i for i in range(3, size["vocab_size"])}
    plain = Tokenizer(models.WordLevel(words, unk_token="[other]"))
    plain.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    tokenizer = transformers.PreTrainedTokenizerFast(
        tokenizer_object=plain, pad_token="[pad]", eos_token="[end]", unk_token="[other]", padding_side="left")
    configuration = transformers.LlamaConfig(
        **size, tie_word_embeddings=True, max_position_embeddings=512, bos_token_id=None, eos_token_id=1, pad_token_id=0)
    with tempfile.TemporaryDirectory() as folder:
        # From a directory, since TRL loads its reference model from where the policy came.
        transformers.LlamaForCausalLM(configuration).save_pretrained(folder)
        tokenizer.save_pretrained(folder)
        model = transformers.LlamaForCausalLM.from_pretrained(folder, dtype=torch.float32, attn_implementation="sdpa")
        draw = lambda: " ".join(f"t{random.randrange(3, size['vocab_size'])}" for _ in range(PROMPT))
        settings = GRPOConfig(
            output_dir=folder + "/run", use_cpu=True, bf16=arguments.precision == "bf16", beta=BETA, num_iterations=1,
            per_device_train_batch_size=prompts * GROUP, num_generations=GROUP, max_completion_length=NEW,
            generation_kwargs={"min_new_tokens": NEW}, learning_rate=1e-5, lr_scheduler_type="constant",
            max_steps=arguments.steps + 1, logging_steps=1000, save_strategy="no", report_to=[],
            gradient_checkpointing=False, dataloader_pin_memory=False, disable_tqdm=True)
        ends = []

        class Clock(transformers.TrainerCallback):
            def on_step_end(self, *_, **__):
                ends.append(time.perf_counter())

        trainer = GRPOTrainer(
            model=model, args=settings, processing_class=tokenizer, callbacks=[Clock()],
            train_dataset=Dataset.from_list([{"prompt": draw()} for _ in range(64)]),
            reward_funcs=lambda completions, **_: [float(hash(text) % 7) for text in completions])
        trainer.train()
    steps = [after - before for before, after in zip(ends, ends[1:])]
    print(json.dumps({
        "step_seconds": statistics.median(steps),
        "peak_rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000}))


def measure(command):
    finished = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if finished.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{finished.stderr[-2000:]}")
    lines = finished.stdout.strip().splitlines()
    # TRL prints lines of its own before the last.
    return json.loads(lines[-1] if lines[-1].startswith("{\"") else finished.stdout)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--config", choices=SIZES, default="S")
    parser.add_argument("--precision", choices=["fp32", "bf16"], default="bf16", help="ours")
    parser.add_argument("--peer-precision", choices=["fp32", "bf16"], default="fp32", help="TRL's")
    parser.add_argument("--gradient-checkpointing", action="store_true", help="ours")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--steps", type=int, default=3, help="timed steps of each run")
    parser.add_argument("--pairs", type=int, default=3, help="runs of each, in turns")
    parser.add_argument("--swiftlet", default=".build/release/swiftlet")
    parser.add_argument("--peer", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.peer:
        return run_peer(arguments)
    try:
        import datasets  # noqa: F401
        import trl
    except ImportError as error:
        return print(f"skipped: {error.name} is not installed (pip install torch transformers trl datasets)")
    shared = ["--config", arguments.config, "--steps", str(arguments.steps), "--threads", str(arguments.threads)]
    ours = [arguments.swiftlet, "bench", "grpo", "--json", "--precision", arguments.precision, *shared]
    ours += ["--gradient-checkpointing"] * arguments.gradient_checkpointing
    theirs = [sys.executable, __file__, "--peer", "--precision", arguments.peer_precision, *shared]
    runs = []
    for pair in range(arguments.pairs):
        runs.append((measure(ours), measure(theirs)))
        seconds = [run["step_seconds"] for run in runs[-1]]
        print(f"pair {pair + 1}: swiftlet {seconds[0]:.2f}, trl {seconds[1]:.2f} s a step, {seconds[1] / seconds[0]:.2f} x",
              file=sys.stderr)
    ratios = [b["step_seconds"] / a["step_seconds"] for a, b in runs]
    print(json.dumps({
        "config": runs[0][0]["config"], "precision": arguments.precision, "threads": arguments.threads,
        "peer": f"trl {trl.__version__} {arguments.peer_precision}",
        "swiftlet_step_seconds": [round(a["step_seconds"], 3) for a, _ in runs],
        "peer_step_seconds": [round(b["step_seconds"], 3) for _, b in runs],
        "ratio": round(statistics.median(ratios), 3), "ratios": [round(r, 3) for r in ratios],
        "swiftlet_peak_rss_mb": round(runs[-1][0]["peak_rss_mb"]), "peer_peak_rss_mb": round(runs[-1][1]["peak_rss_mb"])}))


if __name__ == "__main__":
    main()
