"""Shows that models which `swiftlet export` wrote go on alike in swiftlet, transformers and llama.cpp.

    swiftlet models pull smollm2-135m-instruct
    python3 Benchmarks/peers/exported.py --model smollm2-135m-instruct --work DIR

Exports MODEL as F32 and BF16, as a directory and as GGUF, and compares 32 greedy tokens after each prompt. Needs transformers
and llama-cpp-python; what is missing is named as skipped. Nothing else in the project needs this script.
"""

import argparse
import json
import os
import subprocess
import sys

PROMPTS = ["The capital of France is", "Net margin is the share of", "서울은", "def add(a, b):"]
TOKENS = 32


def by_swiftlet(program, model, prompt):
    command = [program, "generate", model, "--prompt", prompt, "--greedy", "--max-new-tokens", str(TOKENS), "--json"]
    result = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return result["prompt_tokens"], result["tokens"]


def transformers_runner(folder):
    os.environ["HF_HUB_OFFLINE"] = "1"
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()
    tokenizer = AutoTokenizer.from_pretrained(folder)

    def run(prompt):
        tokens = tokenizer(prompt, return_tensors="pt")
        with torch.no_grad():
            output = model.generate(**tokens, do_sample=False, max_new_tokens=TOKENS, pad_token_id=0)
        count = tokens["input_ids"].shape[1]
        return tokens["input_ids"][0].tolist(), output[0][count:].tolist()

    return run


def llama_runner(file):
    import llama_cpp

    model = llama_cpp.Llama(file, n_ctx=512, n_threads=2, verbose=False, logits_all=False)

    def run(prompt):
        tokens = model.tokenize(prompt.encode(), add_bos=False, special=True)
        model.reset()
        found = []
        for token in model.generate(tokens, temp=0, top_k=1, repeat_penalty=1.0):
            found.append(token)
            if token == model.token_eos() or len(found) == TOKENS:
                break
        return list(tokens), found

    return run


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default="smollm2-135m-instruct")
    parser.add_argument("--work", required=True, help="a folder for the exports")
    parser.add_argument("--swiftlet", default=".build/release/swiftlet")
    arguments = parser.parse_args()
    differing = 0
    for kind in ("f32", "bf16"):
        folder, file = (os.path.join(arguments.work, name) for name in (f"exported-{kind}", f"exported-{kind}.gguf"))
        for output in (folder, file):
            command = [arguments.swiftlet, "export", arguments.model, output, "--type", kind, "--overwrite"]
            print(subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip())
        for peer, place, make in (("transformers", folder, transformers_runner), ("llama.cpp", file, llama_runner)):
            try:
                run = make(place)
            except ImportError as error:
                print(f"skipped {peer}: {error}")
                continue
            for prompt in PROMPTS:
                ours, theirs = by_swiftlet(arguments.swiftlet, place, prompt), run(prompt)
                same = ours == theirs
                differing += not same
                print(f"{peer:12} {kind:4} {'same' if same else 'DIFFERENT'} {len(ours[1])} tokens after {prompt!r}")
                if not same:
                    print(f"  swiftlet {ours}\n  {peer} {theirs}")
    sys.exit(1 if differing else 0)


if __name__ == "__main__":
    main()
