<?xml version='1.0' encoding='utf-8'?>
<TS version="2.1" sourcelanguage="en_GB">
  <context>
    <name>core</name>
    <message>
      <source>1 / (1 + e⁻ˣ).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>1 × 1, 3 × 3 and 1 × 1 convolutions and a skip connection.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>1.7159 · tanh(2/3 · x): 1 at 1, −1 at −1, steepest in between.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>16 bits (bfloat16)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>3 for colour, 1 for grey.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>32 bits</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>95 of 100 measured times are shorter.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A ResNet modernised step by step with ideas from Transformers.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A convolution whose filters each see only some of the input channels.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A filter for each channel by itself, then 1 × 1 across the channels.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A folder with the list of your images, your designs and your runs.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A learned number that a layer adds to each output channel.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A line in a design along which one layer's output goes into another layer.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A module of torchvision, such as a transformer's block; its contents cannot be edited.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A network as it is drawn: its layers, their settings and their wires.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A photo or picture file that is classified.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A simple rule gives the width of every stage, found by comparing families of networks.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A table that counts, for each true class, which classes the network predicted.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A trained network in a format that many programs can run.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A way to train: what learns, for how long and with which settings.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A wire that leads around layers and joins their output again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Accuracy</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Accuracy (95 %)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Accuracy interval</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Activation memory</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Adaptive average pool</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Adaptive max pool</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Added to the variance against division by zero.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Adds inputs of the same shape, number by number.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Adds learned numbers to each token that mark its position.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>AlexNet for one GPU: no groups, no response normalisation, fewer filters.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>AlexNet's accuracy with a fiftieth of its parameters, by 1 × 1 convolutions.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>All layers but the last one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Alpha</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Also train on mirrored images; not for text. Automatic: for colour images.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>An ONNX operator that has no layer kind; it is saved exactly as it was read.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>An hour or so</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>An output used only in training, like GoogLeNet's side classifiers.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Apple GPU</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Approximation</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Arguments</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Arranges the same numbers in another shape.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>As in the ONNX file.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Attention in turn within blocks and on a grid over the whole image.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Attention within windows that shift from layer to layer.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Attributes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Augmentation</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Augmented views</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Automatic</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Automatic: the GPU if there is one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Auxiliary output</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Average pool</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Axes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Axis</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Axis along which the sum is 1, not counting the batch: 0 the channels, −1 the last.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Axis along which they are joined, not counting the batch: 0 the channels.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Balanced</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Baseline</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Batch</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Batch norm</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Batch normalisation keeps the mean and variance that came with the weights and learns only its scale and shift; otherwise each batch is normalised by its own.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Batch size</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Beta</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Bias</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Blocks that widen, filter each channel by itself and narrow again, for phones.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Blocks twice as wide do as well as many more layers.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Bottleneck block</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Brings each channel to mean 0 and variance 1 over the batch, then scales and shifts it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Brings groups of channels of one image to mean 0 and variance 1; independent of the batch.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Brings the channels at each position to mean 0 and variance 1, as in ConvNeXt.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Brings the last axes of one image's numbers to mean 0 and variance 1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Bypassed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>CPU</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>CPU threads</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ceil mode</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Changed by training.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Changing the training images at random (cropping, mirroring, recolouring), so that the network learns what does not matter.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Channel shuffle</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Channels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Channels first</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Channels last</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Channels of each part.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Checking the written file</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Checkpoint</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choosing the strength</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Class</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Class token</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Classes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Classifier output</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Classifying images</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Closed module</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Comparing with PyTorch</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Computing</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Computing image features</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Concatenate</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Confusion matrix</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Connections</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Connects every input with every output: n_in · n_out + n_out parameters.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Conv 2D</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Convolution and subsampling in turn, trained end to end by gradient descent.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copying images</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Count padding</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Counted from 0.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Dense block</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Depth</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Depth (layers with weights)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Depth, width and input size are scaled together from one small, searched network.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Depth, width and input size scaled together; ReLU6 throughout, for small devices.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Depthwise conv</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Depthwise separable conv</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Design</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Device</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Dilation</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Distance between the taps of the window; 2 leaves one pixel out between two.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Divides each number by what its neighbours in `size` channels have: (k + α/n Σ x²)^β.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Divides the channels into parts, each with an output of its own.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Divisor without any neighbours.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Does nothing: the numbers pass through.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Done</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Dropout</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>ELU</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Each class counts the same in training, however many images it has.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Each epoch crops, mirrors and recolours the training images differently.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Each layer sees the outputs of all layers before it, so it needs few filters.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Epoch</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Epochs</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Epsilon</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Every layer adapts, slowly and carefully.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Exact, or by a hyperbolic tangent.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Exponent of the divisor.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>FLOPs</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Factor for numbers below 0.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Factors</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Feature extractor</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Feature map</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Feature maps</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Few 1 × 1 filters, then 1 × 1 and 3 × 3 side by side.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Filters</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Filters each channel by itself: as many groups as channels.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Fine-tuning</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Fire module</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Fitting the last layer</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Fixed numbers</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Flatten</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Floating-point operations for one image; a multiply-add counts as two.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>For each filter, the input channels it sees, counted from 0.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>For one image.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Found by a search that balances accuracy and the time measured on a phone.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Four layers, each of which sees the outputs of all before it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>From scratch</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Frozen</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>GELU</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Global average pool</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Global max pool</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>GoogLeNet with batch normalisation, and 3 × 3 in place of 5 × 5 convolutions.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Gradient</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Gradient clipping</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Group norm</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Groups</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Half of the channels pass unchanged and a shuffle mixes them: designed for speed, not for few operations.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Hard sigmoid</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Hard swish</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Head</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Height</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Height and width of the output, whatever the size of the input.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Height and width of the window that slides over the map.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Height × width of the part of the image that one output position sees.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Hours</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How far apart neighbouring positions of a feature map are in the image, in pixels.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How far the function goes below 0.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How far the last layer's weights move with each step; too large fails, too small takes long.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How far the weights move with each training step.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How far the window moves with each step; 2 halves height and width.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How many CPU cores training may use, to keep the computer usable; 0: all.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How many changed copies of each training image (cropped, mirrored, recoloured) are trained on besides the image itself.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How many filters the layer learns; each gives one channel of the output.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How many groups are mixed with each other.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How many groups the channels are divided into.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How many images each training step uses together.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How many layers with weights lie on the longest way through the network.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How many neighbouring channels are normalised together.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How many numbers the layer outputs; in the last layer, one for each class.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How many numbers the layer takes; leave empty to use the input's size.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How many of the last axes are normalised together.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How many patterns there are.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How much these scores count in training beside the classifier's, 0…1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How often the branch is skipped, 0…1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How often training goes through all images, at most.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How strongly the neighbours count.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How the loss changes with each number; training moves the weights against it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How wrong the predicted probabilities are; training makes it smaller.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>ILSVRC 2012, 1st: 15.3 % top-5 test error with extra ImageNet data (second place: 26.2 %); 16.4 % without, with 5 networks; one network 18.2 % on the validation images</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>ILSVRC 2013: 14.8 % top-5 test error with 6 networks, 16.1 % with one. The 11.7 % often given for ZFNet is the error of Clarifai, Zeiler's company, which won with many networks (11.2 % with extra data)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>ILSVRC 2014, 1st: 6.67 % top-5 test error with 7 networks; 7.9 % with one</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>ILSVRC 2014, 2nd: 7.3 % top-5 test error with 7 networks; after the contest 6.8 % with 2, 7.0 % with one</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>ILSVRC 2015, 1st: 3.57 % top-5 test error, with an ensemble of networks of up to 152 layers</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Identity</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Image</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Image input</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Images</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Images not trained on, used in training to choose the best epoch.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Images set aside to measure the final accuracy.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Images that look the same, copies included.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Inception module</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Inception modules: kernels of several sizes side by side, 1 × 1 before each.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Input shapes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Inputs</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Intel GPU</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Inverted bottleneck</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Joins the channels of its inputs: C_out = Σ C_in.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Jump</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Keep axes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Keeps the largest number of each channel over the whole map: (channels, 1, 1).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Keeps the largest number of each window.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Keeps the largest number of windows chosen so that the output has the given size.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Kernel</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Kernel size</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Kernels of several sizes side by side, their results joined.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Label</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Label smoothing</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Large kernels are replaced by several small and one-sided ones within Inception modules.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Layer</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Layer norm</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Layer norm over channels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Layers</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>LeNet-5 with today's layers: every map of C3 sees all of S2, plain pooling.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Leaky ReLU</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Learning rate</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Learning rate at the input</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Learning rate of the layer nearest to the image, as a share of the last layer's; rates of the layers between rise step by step.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Linear</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Local response norm</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Longer gradients are shortened to this length, so that one odd batch cannot spoil the weights; 0: never.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Looking into AlexNet showed how to improve it: a smaller, denser first layer.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Loss</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>MACs</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Making the network</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Many narrow groups side by side in each block instead of one wide path.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Max pool</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Mean</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Measuring the fastest way to compute</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Measuring the speed of the written file</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Memorising the training images: their loss still falls while the validation loss rises.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Memory format</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Minus the squared distance to a fixed pattern for each class: −Σ (x − w)².</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Minutes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Mirrored images</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Mixes the channels of groups: (g, C / g) turned to (C / g, g), as in ShuffleNet.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>MobileNetV2's blocks with squeeze and excitation and hard swish, tuned by a search.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Mode</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Momentum</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Multiplications, each with an addition, to compute one image; one multiply-add (MAC) is two FLOPs.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Multiplies each channel by a fixed number and adds another: x · factor + offset.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Multiplies each channel by a learned number, as in ConvNeXt.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Multiplies its inputs number by number; a side of 1 counts for all places of the other.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Multiply</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Multiply-adds</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>NVIDIA or AMD GPU</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Near-duplicates</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Network</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No pretraining. For networks you designed yourself.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Normalises after each block and compares by cosine, so that it can be made larger.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Not changed by training.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Not counting the batch.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Not counting the batch: 1, 2 are height and width.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Not counting the batch; one side may be −1 and takes what is left.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing but 3 × 3 convolutions, many of them: depth makes the difference.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing: all weights start random.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing: first the last layer learns, then all, the first layers slowest. Only the mean and variance of batch normalisation keep the values that came with the weights.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Number format in training. Automatic: the fastest that computes correctly here, measured on the first batches.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>ONNX</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>ONNX file</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>ONNX operator</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Of the image, in pixels.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Of the images of this class, the share that was recognised.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Of the images that were given this class, the share that belongs to it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Off</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Offsets</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Old position of each new axis, not counting the batch: 1, 2, 0 puts the channels last.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>On</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>One for each channel.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>One image, slow case (p95)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>One image, typical (p50)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>One of the kinds of things that the network tells apart.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>One pass of the training through all training images.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>One step of a network's computation.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>One training with its settings, curves, weights and scores.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Operands</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Operation</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Operator</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Order</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Order of a feature map's numbers in memory. Automatic: the faster one here, measured on the first batches.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Output</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Output channels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Output features</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Output height</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Output padding</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Output shapes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Output size</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Output width</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Outputs</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Overfitting</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>PReLU</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Padding</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Parameters</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Partial conv 2D</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Parts</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Patches of the image are the words of a Transformer.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Patience</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Per channel</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Permute</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Place</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Position embedding</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Precision</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pretrained</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Probability</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Project</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pulls weights toward 0 at each step, so that none grows unnecessarily (AdamW).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Puts a learned token before the others; its output then describes the whole image.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Puts the axes into another order.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Quick</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Radial basis output</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>ReLU</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>ReLU, dropout and training on two GPUs made a deep network win by a wide margin.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>ReLU6</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reading the images</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reading the network</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reading the pretrained network</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Recall</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Receptive field</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Recipe</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Rescale</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reshape</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Residual block</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Rows added at the bottom and columns added at the right of the output, to choose between the sizes that a convolution would shrink to the same one; less than stride or dilation.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Rows and columns added at the top, left, bottom and right of the map.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Rows and columns of zeros at the top, left, bottom and right of the map; “same” adds what keeps height and width.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Rows and columns removed from the output at top and bottom, left and right: the reverse of a convolution's padding.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Run</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Running predict.py</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Running the frozen layers</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Runs</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Saving its weights</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Scale per channel</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Scaled tanh</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Scanning images</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Searched for speed of training too; plain convolutions in the first stages.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Seconds</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Select</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sets numbers to zero at random during training, but not when the network is used.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Shape</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Share of each new batch in the running mean and variance.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Share of earlier weights in the running average that becomes the result (EMA); 0: no averaging.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Share of multiply-adds</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Share of parameters</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Share of the correct answer spread evenly over all classes in training, against overconfidence.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Share of the epochs that use images of 4/7 the side, for a third of the work; the last ones adapt the network to the full size.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Share of the numbers set to zero, 0…1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>SiLU</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sigmoid</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Skip connection</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Skip connections let the gradient pass through networks of any depth.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Skips a whole branch at random during training, but never when the network is used.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Slides `out_channels` filters over the feature map.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Slope</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Small grids of learned weights that slide over the map; each gives one channel of the output.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Small images first</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Softmax</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Split</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Squeeze and excitation</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>SqueezeNet 1.0's accuracy with less than half of its computation.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Start</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Starting PyTorch</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stochastic depth</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stored numbers</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stored statistics</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stride</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sums each window of a channel, times a learned number, plus another: 2C parameters.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Switched off: the layer passes its input on unchanged.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Takes one place of an axis, such as the class token of a transformer.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Takes the mean of each channel over the whole map: (channels, 1, 1).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Takes the mean of each window.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Takes the mean of windows chosen so that the output has the given size.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Takes the mean over axes; over height and width it is a global average pooling.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tanh</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tensors</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Test images</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Testing</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Testing the best epoch</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The accuracy of always answering the most frequent class; a useful network is clearly better.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The arguments of its class.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The channels are divided into this many separate groups; with as many groups as channels the convolution is depthwise.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The class of the module.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The class that an image is known to belong to.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The division of the images into training, validation and test images.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The hyperbolic tangent of x.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The images that one training step uses together.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The images that the network learns from.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The input of the network: the prepared image.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The last blocks adapt to your images too.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The last layer or layers of a network, which give the scores of the classes.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The layers that the design freezes, or else the first two thirds. All batch normalisation, frozen or not, uses its stored mean and variance.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The layers that turn an image into a score for each class.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The maps that an image or feature map consists of; a colour image has 3.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The median: half of the measured times are shorter.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The memory that a layer's output takes, for one image.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The numbers that a network learns in training.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The numbers that training can change: weights and biases.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The operation it computes.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The output of the network: one score for each class.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The part of a network before its head: it turns an image into the numbers that the head classifies.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The pretrained network stays fixed; only a new last layer learns.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The range that contains the true accuracy with 95 % confidence; more test images make it narrower.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The reverse of a convolution's arithmetic: makes the map larger.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The saved state of a training, from which it can be resumed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The shapes it was made for.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The share of images that are classified correctly.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The tensors it contains.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Thorough</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Timing its layers</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Timing the network</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Trainable</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Trainable subsampling</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Training</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Training a pretrained network further, on other images.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Training images</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Training stops automatically after this many epochs without a smaller validation loss.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Training stops automatically after this many epochs without a smaller validation loss. 0: never.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Transposed conv 2D</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Turns a feature map into one row of numbers, channel after channel.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Turns the scores of the classes into probabilities: eˣⁱ / Σ eˣʲ over the channels.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Two 3 × 3 convolutions and a skip connection.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Validation images</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Value of the numbers before training.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Weight averaging</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Weight decay</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Weight of its loss</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Weight rare classes more</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Weights</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Weights each channel by a number computed from the means of all.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What a layer computes from an image: for each channel, a grid of numbers.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What a layer passes on: channels × height × width for one image.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What each input of the operator is: “#0” the first wire, a tensor's name, or nothing.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Whether a window that reaches over the edge still counts: sizes are rounded up instead of down.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Whether each channel learns its own slope.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Whether each output channel adds a learned number.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Whether padding counts as zeros in the mean or is left out of it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Whether the axes stay, with a side of 1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Whether to skip it for single images or for the whole batch.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Widens six times, filters each channel by itself and narrows again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Width</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Wire</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>With weights from an earlier training, mostly on the images of ImageNet.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Writing the model</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Writing the sample</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a factor and a shift for each channel</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a scale and a shift for each channel</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>download</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>epochs</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>images</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>k</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>max(0, x).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>min(max(0, x / 6 + 1/2), 1).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>min(max(0, x), 6).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>no new numbers are stored</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>not trained</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>one multiply-add is two floating-point operations</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>one pixel column is not used</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>one pixel column is not used; it is in the padding</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>one pixel row is not used</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>one pixel row is not used; it is in the padding</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>p50</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>p95</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>running mean and variance of each channel and a count of batches, not trained</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the last window extends one pixel column past the edge</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the last window extends one pixel row past the edge</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the size does not change</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>x above 0, a · x below, with a learned: one number, or one for each channel.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>x above 0, slope · x below.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>x above 0, α (eˣ − 1) below.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>x · min(max(0, x / 6 + 1/2), 1).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>x · sigmoid(x), also called Swish.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>x · Φ(x), Φ the normal distribution's.</source>
      <translation type="unfinished" />
    </message>
  </context>
</TS>
