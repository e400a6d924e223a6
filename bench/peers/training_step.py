"""A training step in PyTorch, one thread: sparse gradients and SparseAdam for the table, Adam for the rest. Requests and answers are JSON, a line each."""

import json
import sys
import time

import torch
import torch.nn.functional as F

torch.set_num_threads(1)


def read(path, dtype=torch.float32):
    with open(path, "rb") as file:
        return torch.frombuffer(bytearray(file.read()), dtype=dtype)


def tiled(pool, rows, columns):
    """The pool's numbers over and over, as the bench fills its own tables."""
    flat = torch.empty(rows * columns)
    for start in range(0, flat.numel(), pool.numel()):
        end = min(start + pool.numel(), flat.numel())
        flat[start:end] = pool[: end - start]
    return flat.view(rows, columns)


class Step:
    def __init__(self, request):
        rows, columns, rank = request["rows"], request["columns"], request["rank"]
        self.model, self.hidden, self.rank = request["model"], request["hidden"], rank
        self.sentences, self.words = request["sentences"], request["words"]
        self.files = request["files"]
        self.table = tiled(read(self.files["embedding"]), rows, rank or columns).requires_grad_()
        self.projection = read(self.files["projection"]).view(rank, columns).clone().requires_grad_() if rank else None
        ids = read(request["ids"], torch.int32).long().view(-1, self.sentences, self.words)
        labels = read(request["labels"], torch.int32).long().view(-1, self.sentences)
        self.batches = list(zip(ids, labels))
        self.dense = [] if self.projection is None else [self.projection]
        self.build(columns)
        rate = request["learningRate"]
        self.sparse_optimizer = torch.optim.SparseAdam([self.table], lr=rate)
        self.dense_optimizer = torch.optim.Adam(self.dense, lr=rate)
        self.next = 0
        self.done = 0

    def matrix(self, name, columns):
        """A matrix whose last row is the bias."""
        return read(self.files[name]).view(-1, columns)

    def parameter(self, values):
        parameter = values.clone().contiguous().requires_grad_()
        self.dense.append(parameter)
        return parameter

    def linear(self, name, columns):
        weights = self.matrix(name, columns)
        return self.parameter(weights[:-1].t()), self.parameter(weights[-1])

    def build(self, columns):
        if self.model == "dan":
            self.hidden_layer = self.linear("hidden", self.hidden)
        elif self.model == "lstm":
            self.lstm = torch.nn.LSTM(columns, self.hidden, batch_first=True)
            inputs = self.matrix("lstm/forward/input", 4 * self.hidden)
            recurrent = self.matrix("lstm/forward/recurrent", 4 * self.hidden)
            with torch.no_grad():
                self.lstm.weight_ih_l0.copy_(inputs[:-1].t())
                self.lstm.bias_ih_l0.copy_(inputs[-1])
                self.lstm.weight_hh_l0.copy_(recurrent.t())
                # One bias, as ours: the second would only be added to it.
                self.lstm.bias_hh_l0.zero_()
            self.lstm.bias_hh_l0.requires_grad_(False)
            self.dense += [p for p in self.lstm.parameters() if p.requires_grad]
        else:
            self.filters = []
            for span in (3, 4, 5):
                weights = self.matrix(f"filters/{span}", self.hidden)
                kernel = weights[:-1].view(span, columns, self.hidden).permute(2, 1, 0)
                self.filters.append((self.parameter(kernel), self.parameter(weights[-1])))
        self.output_layer = self.linear("output", 2)

    def forward(self, ids, training):
        if self.model == "dan":
            x = F.embedding_bag(ids, self.table, mode="mean", sparse=True)
            x = x if self.projection is None else x @ self.projection
            x = F.relu(F.linear(x, *self.hidden_layer))
        else:
            x = F.embedding(ids, self.table, sparse=True)
            x = x if self.projection is None else x @ self.projection
            if self.model == "lstm":
                x = self.lstm(x)[1][0][-1]
            else:
                x = x.transpose(1, 2)
                x = torch.cat([F.relu(F.conv1d(x, *f)).amax(2) for f in self.filters], 1)
        return F.linear(F.dropout(x, 0.5, training), *self.output_layer)

    def step(self, batch, training):
        ids, labels = batch
        loss = F.cross_entropy(self.forward(ids, training), labels)
        self.sparse_optimizer.zero_grad(set_to_none=True)
        self.dense_optimizer.zero_grad(set_to_none=True)
        loss.backward()
        # SparseAdam adds epsilon before the bias is corrected, Adam after it.
        self.done += 1
        self.sparse_optimizer.param_groups[0]["eps"] = 1e-8 * (1 - 0.999**self.done) ** 0.5
        self.sparse_optimizer.step()
        self.dense_optimizer.step()
        return loss.item()

    def run(self, steps):
        start = time.perf_counter()
        for _ in range(steps):
            self.step(self.batches[self.next % len(self.batches)], True)
            self.next += 1
        return 1000 * (time.perf_counter() - start) / steps


current = None
built = None
for line in sys.stdin:
    request = json.loads(line)
    if request["do"] == "build":
        built = request
        current = Step(built)
        answer = {}
    elif request["do"] == "losses":
        # From the first weights on, whatever it has trained since.
        current = Step(built)
        answer = {"losses": [current.step(current.batches[0], False) for _ in range(request["steps"])]}
    else:
        answer = {"ms": current.run(request["steps"])}
    print(json.dumps(answer))
