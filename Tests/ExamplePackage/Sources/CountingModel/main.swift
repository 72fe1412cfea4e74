let loss = try CountingModel.train(steps: 100)
print("loss before \(loss.before), after \(loss.after)")
