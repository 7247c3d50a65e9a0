-- An editing session in Neovim, with the settings of the guide "In your editor".
-- How many milliseconds an answer may take on a slow machine.
local PATIENCE = 60000

local function fail(what)
  print("FAILED: " .. what)
  vim.cmd("cquit 1")
end

local function eventually(what, is_so)
  if not vim.wait(PATIENCE, is_so, 50) then
    fail(what)
  end
end

local root = vim.fn.fnamemodify(vim.fn.expand("%"), ":h:h:h")
local id = vim.lsp.start_client({ name = "casebook", cmd = { vim.env.CASEBOOK, "lsp" }, root_dir = root })
vim.lsp.buf_attach_client(0, id)
eventually("the server starts", function()
  local client = vim.lsp.get_client_by_id(id)
  return client and client.initialized
end)

local function codes()
  return vim.tbl_map(function(problem) return problem.code end, vim.diagnostic.get(0))
end

-- A wrong term is reported.
local line = vim.fn.search("^sector:")
vim.api.nvim_buf_set_lines(0, line - 1, line, false, { "sector: helth" })
eventually("the wrong term is seen", function() return vim.tbl_contains(codes(), "unknown-term") end)

-- The offered action corrects it.
local params = vim.lsp.util.make_given_range_params({ line, 8 }, { line, 12 })
params.context = { diagnostics = {} }
local answer = vim.lsp.buf_request_sync(0, "textDocument/codeAction", params, PATIENCE)[id].result
for _, action in ipairs(answer) do
  if action.title == 'Change to "health"' then
    vim.lsp.util.apply_workspace_edit(action.edit, "utf-16")
  end
end
if vim.fn.getline(line) ~= "sector: health" then
  fail("the action puts the term right: " .. vim.fn.getline(line))
end
eventually("nothing is wrong any more", function() return not vim.tbl_contains(codes(), "unknown-term") end)

-- An unfinished term is completed.
vim.api.nvim_buf_set_lines(0, line - 1, line, false, { "sector: pol" })
params = { textDocument = vim.lsp.util.make_text_document_params(), position = { line = line - 1, character = 11 } }
answer = vim.lsp.buf_request_sync(0, "textDocument/completion", params, PATIENCE)[id].result
local labels = vim.tbl_map(function(item) return item.label end, answer.items)
if not vim.tbl_contains(labels, "police") then
  fail("the term is offered: " .. vim.inspect(labels))
end
vim.api.nvim_buf_set_lines(0, line - 1, line, false, { "sector: police" })
eventually("the completed term is known", function() return not vim.tbl_contains(codes(), "unknown-term") end)

-- The term is renamed, here and in its vocabulary.
params = { textDocument = params.textDocument, position = { line = line - 1, character = 9 }, newName = "law-and-order" }
answer = vim.lsp.buf_request_sync(0, "textDocument/rename", params, PATIENCE)[id]
if not answer or not answer.result then
  fail("the term is renamed: " .. vim.inspect(answer))
end
vim.lsp.util.apply_workspace_edit(answer.result, "utf-16")
if vim.fn.getline(line) ~= "sector: law-and-order" then
  fail("the case has the new name: " .. vim.fn.getline(line))
end
vim.cmd("silent wall")
local vocabulary = table.concat(vim.fn.readfile(root .. "/content/vocabularies/sector.yaml"), "\n")
if not vocabulary:find("law-and-order", 1, true) or not vocabulary:find("replaced_by: law-and-order", 1, true) then
  fail("the vocabulary has the new name")
end
eventually("nothing is wrong after the renaming", function() return not vim.tbl_contains(codes(), "unknown-term") end)
print("the session went well\n")
vim.cmd("qall!")
